/** What moves a patient's risk away from the average patient's: bars to either side, a table behind them. */
import * as Plot from '@observablehq/plot';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable, drawPlot, plotFigure } from './plot-figure.ts';

export interface Reason {
  /** The feature with its value, in words. */
  readonly name: string;
  readonly contribution: number;
}

const LONGEST_NAME = 26;
const shortened = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

/**
 * @param axis - The scale on which the model adds.
 * @param note - How the numbers were found.
 */
export function reasonsChart(reasons: readonly Reason[], axis: string, note: string): TemplateResult {
  const drawn = drawPlot({
    width: 360,
    marginLeft: 12 + 6.5 * Math.max(0, ...reasons.map(({ name }) => shortened(name).length)),
    marginBottom: 42,
    height: 60 + 24 * reasons.length,
    x: { label: axis, grid: true },
    y: { label: null, domain: reasons.map(({ name }) => name), tickFormat: shortened, tickSize: 0 },
    marks: [
      Plot.barX(reasons, { y: 'name', x: 'contribution', className: 'tone-first', fill: 'currentColor', insetTop: 4, insetBottom: 4 }),
      Plot.ruleX([0], { strokeOpacity: 0.5 }),
    ],
  });
  const table = dataTable(
    say('patient.reasons'),
    [
      { title: say('patient.reasons.what'), value: ({ name }) => name },
      { title: axis, numeric: true, value: ({ contribution }) => formatNumber(contribution, 2) },
    ],
    reasons,
  );
  return plotFigure(say('patient.reasons'), drawn, html`<p class="note">${note}</p>`, table);
}
