/**
 * One chart with its table behind it. Plot draws SVG; the style sheet it brings along is removed, because the page's policy
 * allows only our own, which holds the same few rules (styles/charts.css).
 */
import * as Plot from '@observablehq/plot';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';

export type PlotOptions = Plot.PlotOptions;

/** Draws without inline styles. */
export function drawPlot(options: PlotOptions): Element {
  const drawn = Plot.plot({ className: 'plot', style: { background: 'none' }, ...options });
  for (const sheet of drawn.querySelectorAll('style')) sheet.remove();
  for (const tick of drawn.querySelectorAll('[aria-label$="axis tick label"] text')) tick.textContent = inLanguage(tick.textContent ?? '');
  // The whole drawing is one image with a name; names inside it would be read as noise.
  for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  return drawn;
}

/** Plot writes numbers as in English. */
function inLanguage(text: string): string {
  if (!/^[−-]?\d[\d,]*(\.\d+)?$/.test(text)) return text;
  const digits = text.split('.')[1]?.length ?? 0;
  return formatNumber(Number(text.replaceAll(',', '').replace('−', '-')), digits);
}

export interface Column<Row> {
  /** A text, or a template where a heading holds more. */
  readonly title: unknown;
  /** Numbers stand right. */
  readonly numeric?: boolean;
  value(row: Row): unknown;
}

/** A plain table; scrolls inside itself when it is wider than the page. */
export function dataTable<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption class="unseen">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" class=${column.numeric ? 'number' : ''}>${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${columns.map((column) => html`<td class=${column.numeric ? 'number' : ''}>${column.value(row)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Chart, legend in words, and the same numbers as a table. */
export function plotFigure(title: string, drawn: Element, legend: TemplateResult, table: TemplateResult): TemplateResult {
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', title);
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    ${drawn}${legend}
    <details>
      <summary>${say('results.table')}</summary>
      ${table}
    </details>
  </figure>`;
}
