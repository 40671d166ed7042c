/** ROC curves of one or more models on the same patients. */
import * as Plot from '@observablehq/plot';
import type { TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable, drawPlot, plotFigure } from './plot-figure.ts';
import { legendOf, lookOf, type Named } from './series.ts';

export interface RocSeries extends Named {
  readonly points: readonly { readonly falsePositiveRate: number; readonly truePositiveRate: number }[];
}

/** @param series - Curves with at least two points; others are left out. */
export function rocChart(series: readonly RocSeries[]): TemplateResult {
  const drawable = series.filter(({ points }) => points.length > 1);
  const drawn = drawPlot({
    width: 320,
    height: 320,
    marginLeft: 44,
    marginBottom: 40,
    x: { domain: [0, 1], label: say('chart.roc.x'), ticks: 5 },
    y: { domain: [0, 1], label: say('chart.roc.y'), ticks: 5, grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { className: 'diagonal', stroke: 'currentColor', strokeOpacity: 0.35 },
      ),
      ...drawable.map(({ id, points }) =>
        Plot.line(points, {
          x: 'falsePositiveRate',
          y: 'truePositiveRate',
          className: lookOf(id).tone,
          stroke: 'currentColor',
          strokeWidth: 2,
          strokeDasharray: lookOf(id).dash,
        }),
      ),
    ],
  });
  const rows = drawable.flatMap(({ title, points }) => thinned(points).map((point) => ({ title, ...point })));
  const table = dataTable(
    say('chart.roc'),
    [
      { title: say('chart.curve'), value: (row) => row.title },
      { title: say('chart.roc.x'), numeric: true, value: (row) => formatNumber(row.falsePositiveRate) },
      { title: say('chart.roc.y'), numeric: true, value: (row) => formatNumber(row.truePositiveRate) },
    ],
    rows,
  );
  return plotFigure(say('chart.roc'), drawn, legendOf(drawable), table);
}

const TABLE_POINTS = 25;

/** At most 25 points of a curve, ends included: enough to read, short enough to hear. */
function thinned<Point>(points: readonly Point[]): readonly Point[] {
  const step = Math.max(1, (points.length - 1) / (TABLE_POINTS - 1));
  const places = new Set(Array.from({ length: TABLE_POINTS }, (_, index) => Math.min(points.length - 1, Math.round(index * step))));
  return points.filter((_, index) => places.has(index));
}
