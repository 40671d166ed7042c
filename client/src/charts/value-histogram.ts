/** Values of one column before and after a conversion, on the study's scale, against the plausible range. A table stands behind it. */
import * as Plot from '@observablehq/plot';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable, drawPlot, plotFigure } from './plot-figure.ts';

export interface ValueHistogram {
  readonly title: string;
  /** Unit of the axis: the study's. */
  readonly unit: string;
  /** Ends of the axis; the counts are over equal bins between them. */
  readonly low: number;
  readonly high: number;
  readonly before: readonly number[];
  /** Null where nothing is converted. */
  readonly after: readonly number[] | null;
  readonly range: readonly [number, number];
}

interface Bin {
  readonly panel: string;
  readonly tone: string;
  readonly x1: number;
  readonly x2: number;
  readonly count: number;
  /** Of the fullest bin of its panel, 0 to 1: panels are compared by where they lie, not by height. */
  readonly height: number;
}

const WIDTH = 460;
const PANEL_HEIGHT = 72;

export function valueHistogram(histogram: ValueHistogram): TemplateResult {
  const { title, unit, low, high, range } = histogram;
  const panels = panelsOf(histogram);
  const names = panels.map(({ name }) => name);
  const bins = panels.flatMap(({ name, tone, counts }) => binsOf(name, tone, counts, low, high));
  // Only what lies on the axis: a range can be far wider than what is measured.
  const [from, to] = [Math.max(low, range[0]), Math.min(high, range[1])];
  const band = from < to ? names.map((panel) => ({ panel, x1: from, x2: to })) : [];
  const drawn = drawPlot({
    width: WIDTH,
    height: 52 + PANEL_HEIGHT * names.length,
    marginLeft: 8,
    marginRight: 8,
    marginTop: 26,
    marginBottom: 36,
    x: { domain: [low, high], label: unit, ticks: 6, labelArrow: 'none' },
    y: { axis: null, domain: [0, 1] },
    fy: { domain: names, axis: null, padding: 0.35 },
    marks: [
      Plot.rectY(band, {
        x1: 'x1',
        x2: 'x2',
        fy: 'panel',
        y1: 0,
        y2: 1,
        className: 'range-band',
      }),
      ...panels.map(({ name, tone }) =>
        Plot.rectY(
          bins.filter(({ panel }) => panel === name),
          { x1: 'x1', x2: 'x2', fy: 'panel', y: 'height', className: tone, fill: 'currentColor', insetLeft: 0.5, insetRight: 0.5 },
        ),
      ),
      Plot.ruleY(names, { fy: (name) => name, y: 0, stroke: 'currentColor', strokeOpacity: 0.4 }),
      Plot.text(names, { fy: (name) => name, text: (name) => name, frameAnchor: 'top-left', dy: -16 }),
    ],
  });
  const table = dataTable(
    title,
    [
      { title: unit === '' ? say('data.values') : unit, value: ({ x1, x2 }) => `${short(x1)} – ${short(x2)}` },
      ...panels.map(({ name, counts }) => ({
        title: name,
        numeric: true,
        value: ({ index }: Bin & { readonly index: number }) => formatNumber(counts[index] ?? 0, 0),
      })),
    ],
    binsOf('', '', histogram.before, low, high)
      .map((bin, index) => ({ ...bin, index }))
      .filter(({ index }) => panels.some(({ counts }) => (counts[index] ?? 0) > 0)),
  );
  const legend = html`<ul class="legend">
    <li><span class="swatch range" aria-hidden="true"></span>${say('data.range.band', { low: short(range[0]), high: short(range[1]), unit })}</li>
  </ul>`;
  return html`${names.length === 0 ? nothing : plotFigure(title, drawn, legend, table)}`;
}

function panelsOf({ before, after }: ValueHistogram) {
  if (after === null) return [{ name: say('data.histogram.read'), tone: 'tone-first', counts: before }];
  return [
    { name: say('data.histogram.before'), tone: 'tone-second', counts: before },
    { name: say('data.histogram.after'), tone: 'tone-first', counts: after },
  ];
}

function binsOf(panel: string, tone: string, counts: readonly number[], low: number, high: number): Bin[] {
  const step = (high - low) / counts.length;
  return counts.map((count, index) => ({
    panel,
    tone,
    x1: low + index * step,
    x2: low + (index + 1) * step,
    count,
    height: count / Math.max(1, ...counts),
  }));
}

/** Three significant digits and no needless zeros: enough to find a place on an axis. */
function short(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return formatNumber(rounded, Math.min(6, (/\.(\d+)$/.exec(String(rounded))?.[1] ?? '').length));
}
