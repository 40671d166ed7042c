/** Coefficients of the logistic regression with 95 % intervals; the intercept stands in the table only. */
import * as Plot from '@observablehq/plot';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable, drawPlot, plotFigure } from './plot-figure.ts';

export interface Coefficient {
  readonly name: string;
  readonly value: number;
  readonly standardError: number | null;
}

const NORMAL_97_5 = 1.96;
const LONGEST_NAME = 20;

/** The table has the whole name. */
const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

/** @param coefficients - The intercept first, then one for each column. */
export function coefficientChart(coefficients: readonly Coefficient[]): TemplateResult {
  const shown = coefficients.slice(1).map(({ name, value, standardError }) => ({
    name,
    value,
    low: value - NORMAL_97_5 * (standardError ?? 0),
    high: value + NORMAL_97_5 * (standardError ?? 0),
  }));
  const drawn = drawPlot({
    // As wide as the narrowest page, so that its words need not shrink there.
    width: 320,
    marginLeft: 12 + 7 * Math.max(0, ...shown.map(({ name }) => shortened(name).length)),
    marginBottom: 40,
    height: 60 + 24 * shown.length,
    x: { label: say('chart.coefficient.x'), grid: true },
    y: { label: null, domain: shown.map(({ name }) => name), tickFormat: shortened, tickSize: 0 },
    marks: [
      Plot.ruleX([0], { strokeOpacity: 0.5 }),
      Plot.ruleY(shown, { y: 'name', x1: 'low', x2: 'high', className: 'tone-first', stroke: 'currentColor', strokeWidth: 2 }),
      Plot.dot(shown, { y: 'name', x: 'value', className: 'tone-first', fill: 'currentColor', r: 4 }),
    ],
  });
  const table = dataTable(
    say('results.coefficients'),
    [
      { title: say('chart.name'), value: (row) => row.name },
      { title: say('chart.value'), numeric: true, value: (row) => formatNumber(row.value, 4) },
      { title: say('chart.error'), numeric: true, value: (row) => formatNumber(row.standardError, 4) },
    ],
    coefficients,
  );
  return plotFigure(say('results.coefficients'), drawn, html`<p class="note">${say('results.coefficients.note')}</p>`, table);
}
