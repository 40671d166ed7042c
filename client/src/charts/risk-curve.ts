/** Risk over time as steps that rise; a table behind it. */
import * as Plot from '@observablehq/plot';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable, drawPlot, plotFigure } from './plot-figure.ts';

export function riskCurve(curve: readonly { readonly time: number; readonly risk: number }[], unit: string): TemplateResult {
  const points = [{ time: 0, risk: 0 }, ...curve];
  const highest = Math.max(0.1, ...points.map(({ risk }) => risk));
  const drawn = drawPlot({
    width: 320,
    height: 240,
    marginBottom: 42,
    x: { label: say('patient.curve.x', { unit }), grid: false },
    // A scale in percent takes its ends in percent too.
    y: { label: say('patient.curve.y'), domain: [0, Math.min(100, 115 * highest)], percent: true, grid: true },
    marks: [
      Plot.line(points, { x: 'time', y: 'risk', curve: 'step-before', className: 'tone-first', stroke: 'currentColor', strokeWidth: 2 }),
      Plot.dot(curve, { x: 'time', y: 'risk', className: 'tone-first', fill: 'currentColor', r: 3 }),
    ],
  });
  const table = dataTable(
    say('patient.curve'),
    [
      { title: say('patient.curve.x', { unit }), numeric: true, value: ({ time }) => formatNumber(time, 0) },
      { title: say('patient.curve.y'), numeric: true, value: ({ risk }) => formatNumber(100 * risk, 1) },
    ],
    curve,
  );
  return plotFigure(say('patient.curve'), drawn, html``, table);
}
