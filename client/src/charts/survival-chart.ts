/** Share of all test patients without the event over time, Kaplan-Meier from sums over hospitals. */
import type { SurvivalCurves } from '@consilium/shared/evaluation';
import * as Plot from '@observablehq/plot';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable, drawPlot, plotFigure } from './plot-figure.ts';

const TABLE_POINTS = 16;

export function survivalChart({ times, observed }: SurvivalCurves): TemplateResult {
  const points = [{ time: 0, share: 1 }, ...times.map((time, at) => ({ time, share: observed[at] ?? Number.NaN }))];
  const drawn = drawPlot({
    width: 320,
    height: 320,
    marginLeft: 44,
    marginBottom: 40,
    x: { label: say('chart.survival.x'), ticks: 5 },
    y: { domain: [0, 1], label: say('chart.survival.y'), ticks: 5, grid: true },
    marks: [
      Plot.line(points, { x: 'time', y: 'share', curve: 'step-after', className: 'tone-first', stroke: 'currentColor', strokeWidth: 2 }),
    ],
  });
  const step = Math.max(1, Math.floor(times.length / TABLE_POINTS));
  const table = dataTable(
    say('chart.survival'),
    [
      { title: say('chart.survival.x'), numeric: true, value: ({ time }) => formatNumber(time, 0) },
      { title: say('chart.survival.y'), numeric: true, value: ({ share }) => formatNumber(share) },
    ],
    points.filter((_, at) => at % step === 0),
  );
  return plotFigure(say('chart.survival'), drawn, html`<p class="note">${say('chart.survival.note')}</p>`, table);
}
