/** Plots of a result: every model's metric with its interval, gains at each site, calibration, and the way of the rounds. */

import type { CalibrationPoint } from '@consilium/shared/evaluation';
import * as Plot from '@observablehq/plot';
import type { Markup } from '../page.ts';
import { drawPlot, lookOf } from './draw.ts';
import { marginFor } from './split-charts.ts';

export interface Estimate {
  readonly name: string;
  /** Position of what gives it its colour and shape. */
  readonly look: number;
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** One line an estimate: a mark at the mean, a bar for the interval. */
export function intervalChart(title: string, axis: string, rows: readonly Estimate[], zero = false): Markup {
  const looks = [...new Set(rows.map(({ look }) => look))];
  const names = [...new Set(rows.map(({ name }) => name))];
  return drawPlot(title, {
    width: 460,
    height: 64 + 26 * names.length,
    marginLeft: marginFor(names),
    marginBottom: 40,
    marginRight: 24,
    x: { label: axis, grid: true, ticks: 5, nice: true },
    y: { label: null, domain: names, tickSize: 0 },
    marks: [
      ...(zero ? [Plot.ruleX([0], { strokeOpacity: 0.5 })] : []),
      ...looks.flatMap((look) => {
        const own = rows.filter((row) => row.look === look);
        const { tone, symbol } = lookOf(look);
        return [
          Plot.ruleY(
            own.filter(({ low }) => low !== null),
            { y: 'name', x1: 'low', x2: 'high', className: tone, stroke: 'currentColor', strokeWidth: 2 },
          ),
          Plot.dot(own, { y: 'name', x: 'mean', r: 5, className: tone, fill: 'currentColor', symbol }),
        ];
      }),
    ],
  });
}

export interface SiteValue {
  readonly site: string;
  readonly model: string;
  readonly value: number;
}

/** One line a site, one mark a model. */
export function siteChart(title: string, axis: string, models: readonly string[], values: readonly SiteValue[]): Markup {
  const sites = [...new Set(values.map(({ site }) => site))];
  return drawPlot(title, {
    width: 460,
    height: 64 + 26 * sites.length,
    marginLeft: marginFor(sites),
    marginBottom: 40,
    marginRight: 24,
    x: { label: axis, grid: true, ticks: 5, nice: true },
    y: { label: null, domain: sites, grid: true, tickSize: 0 },
    marks: models.map((model, at) =>
      Plot.dot(
        values.filter((item) => item.model === model),
        { y: 'site', x: 'value', r: 5, className: lookOf(at).tone, fill: 'currentColor', symbol: lookOf(at).symbol },
      ),
    ),
  });
}

/** What a calibration chart is called, and whether both axes are shares of patients. */
export interface CalibrationWords {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly isShare: boolean;
}

/** What was predicted against what was observed, one look a group; the area of a mark stands for its patients. */
export function calibrationChart({ title, x, y, isShare }: CalibrationWords, groups: readonly (readonly CalibrationPoint[])[]): Markup {
  const ends = groups.flat().flatMap(({ predicted, observed }) => [predicted, observed]);
  const domain = isShare ? [0, 1] : [ends.reduce((a, b) => Math.min(a, b)), ends.reduce((a, b) => Math.max(a, b))];
  return drawPlot(title, {
    width: 400,
    height: 400,
    marginLeft: 44,
    marginBottom: 40,
    x: { domain, label: x, ticks: 5, nice: !isShare },
    y: { domain, label: y, ticks: 5, grid: true, nice: !isShare },
    r: { range: [0, 10] },
    marks: [
      Plot.line(
        domain.map((end) => [end, end] as const),
        { stroke: 'currentColor', strokeOpacity: 0.35 },
      ),
      ...groups.map((points, at) =>
        Plot.dot(points, {
          x: 'predicted',
          y: 'observed',
          r: 'count',
          className: lookOf(at).tone,
          fill: 'currentColor',
          fillOpacity: 0.75,
          symbol: lookOf(at).symbol,
        }),
      ),
    ],
  });
}

export interface RoundShown {
  readonly round: number;
  readonly kind: string;
  readonly outcome: string;
  readonly counted: number;
  readonly lost: number;
}

/** How many sites each round counted, and how many it lost on the way. */
export function roundChart(rounds: readonly RoundShown[], sites: number): Markup {
  return drawPlot('Sites counted in each round', {
    width: Math.min(940, Math.max(320, 90 + 14 * rounds.length)),
    height: 170,
    marginLeft: 40,
    marginBottom: 36,
    x: { label: 'round', ticks: Math.min(8, rounds.length), tickFormat: 'd' },
    y: { label: 'sites', domain: [0, sites], ticks: Math.min(5, sites), grid: true },
    marks: [
      Plot.rectY(rounds, {
        x1: (item: RoundShown) => item.round - 0.5,
        x2: (item: RoundShown) => item.round + 0.5,
        y: 'counted',
        inset: 1,
        className: 'tone-0',
        fill: 'currentColor',
        fillOpacity: 0.8,
      }),
      Plot.ruleY([0]),
    ],
  });
}
