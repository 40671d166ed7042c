/** Predicted risk against the observed share, in groups of patients with like risk. */
import * as Plot from '@observablehq/plot';
import type { TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable, drawPlot, plotFigure } from './plot-figure.ts';
import { legendOf, lookOf, type Named } from './series.ts';

export interface CalibrationSeries extends Named {
  readonly groups: readonly { readonly predicted: number; readonly observed: number; readonly count: number }[];
}

/** @param series - Models on the same patients; those without groups are left out. */
export function calibrationChart(series: readonly CalibrationSeries[]): TemplateResult {
  const drawable = series.filter(({ groups }) => groups.length > 0);
  const drawn = drawPlot({
    width: 320,
    height: 320,
    marginLeft: 44,
    marginBottom: 40,
    x: { domain: [0, 1], label: say('chart.calibration.x'), ticks: 5 },
    y: { domain: [0, 1], label: say('chart.calibration.y'), ticks: 5, grid: true },
    r: { range: [0, 9] },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { className: 'diagonal', stroke: 'currentColor', strokeOpacity: 0.35 },
      ),
      // No line: groups are unequal, and a line would make much of a group with few patients. Area stands for patients.
      ...drawable.map(({ id, groups }) =>
        Plot.dot(groups, {
          x: 'predicted',
          y: 'observed',
          r: 'count',
          className: lookOf(id).tone,
          fill: 'currentColor',
          fillOpacity: 0.75,
          symbol: lookOf(id).symbol,
        }),
      ),
    ],
  });
  const rows = drawable.flatMap(({ title, groups }) => groups.map((group) => ({ title, ...group })));
  const table = dataTable(
    say('chart.calibration'),
    [
      { title: say('chart.curve'), value: (row) => row.title },
      { title: say('chart.calibration.x'), numeric: true, value: (row) => formatNumber(row.predicted) },
      { title: say('chart.calibration.y'), numeric: true, value: (row) => formatNumber(row.observed) },
      { title: say('chart.patients'), numeric: true, value: (row) => formatNumber(row.count, 0) },
    ],
    rows,
  );
  return plotFigure(say('chart.calibration'), drawn, legendOf(drawable), table);
}
