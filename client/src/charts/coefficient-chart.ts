/**
 * Coefficients of an exact fit with 95 % intervals. Those of a Cox model stand as hazard ratios and those of counts as ratios of rates, on a
 * scale of ratios; intercepts stand in the table only.
 */
import type { FitResults } from '@consilium/shared/federation';
import * as Plot from '@observablehq/plot';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable, drawPlot, plotFigure } from './plot-figure.ts';

const NORMAL_97_5 = 1.96;
const LONGEST_NAME = 20;

/** The table has the whole name. */
const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

/** Names of parameters that belong to no column. */
const isIntercept = (name: string): boolean => /^intercept\b|^interval to |: intercept$/.test(name);

/** @param classes - Labels of the outcome's classes, where it has some: `age@2` is of the third one. */
export function coefficientChart({ kind, coefficients }: FitResults, classes: readonly string[] = []): TemplateResult {
  const isRatio = kind === 'cox' || kind === 'poisson';
  const scale = (value: number): number => (isRatio ? Math.exp(value) : value);
  const named = (name: string): string =>
    name.replace(/@(\d+)$/, (whole, place) => (classes[Number(place)] === undefined ? whole : `: ${classes[Number(place)]}`));
  const rows = coefficients.map(({ name, value, standardError }) => ({
    name: named(name),
    value: scale(value),
    low: scale(value - NORMAL_97_5 * (standardError ?? 0)),
    high: scale(value + NORMAL_97_5 * (standardError ?? 0)),
    standardError,
  }));
  const shown = rows.filter(({ name }) => !isIntercept(name));
  const title = say(`results.fit.${kind}`);
  const drawn = drawPlot({
    // As wide as the narrowest page, so that its words need not shrink there.
    width: 320,
    marginLeft: 12 + 7 * Math.max(0, ...shown.map(({ name }) => shortened(name).length)),
    marginBottom: 40,
    height: 60 + 24 * shown.length,
    x: {
      label: say(isRatio ? 'chart.ratio.x' : 'chart.coefficient.x'),
      grid: true,
      ...(isRatio ? { type: 'log' as const, ticks: 4 } : {}),
    },
    y: { label: null, domain: shown.map(({ name }) => name), tickFormat: shortened, tickSize: 0 },
    marks: [
      Plot.ruleX([scale(0)], { strokeOpacity: 0.5 }),
      Plot.ruleY(shown, { y: 'name', x1: 'low', x2: 'high', className: 'tone-first', stroke: 'currentColor', strokeWidth: 2 }),
      Plot.dot(shown, { y: 'name', x: 'value', className: 'tone-first', fill: 'currentColor', r: 4 }),
    ],
  });
  const table = dataTable(
    title,
    [
      { title: say('chart.name'), value: (row) => row.name },
      { title: say(isRatio ? 'chart.ratio' : 'chart.value'), numeric: true, value: (row) => formatNumber(row.value, 4) },
      ...(isRatio
        ? [
            {
              title: say('chart.ratio.range'),
              numeric: true,
              value: (row: (typeof rows)[number]) =>
                row.standardError === null ? '–' : `${formatNumber(row.low, 3)} – ${formatNumber(row.high, 3)}`,
            },
          ]
        : [{ title: say('chart.error'), numeric: true, value: (row: (typeof rows)[number]) => formatNumber(row.standardError, 4) }]),
    ],
    rows,
  );
  return plotFigure(title, drawn, html`<p class="note">${say(`results.fit.${kind}.note`)}</p>`, table);
}
