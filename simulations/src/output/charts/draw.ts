/** Plots drawn without a browser, as SVG text: no style sheet of their own, colours from the page. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Markup, markup, raw } from '../page.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** @param label - What the whole drawing shows, for who cannot see it. */
export function drawPlot(label: string, options: Plot.PlotOptions): Markup {
  const drawn = Plot.plot({ className: 'plot', ...options, document });
  for (const sheet of [...drawn.querySelectorAll('style')]) sheet.remove();
  for (const part of [drawn, ...drawn.querySelectorAll('[aria-label],[style]')]) {
    part.removeAttribute('aria-label');
    part.removeAttribute('style'); // the page's policy forbids it
  }
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', label);
  drawn.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return raw(drawn.outerHTML);
}

export const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'star'] as const;

/** Colour and shape of the n-th thing shown: told apart without colour too. */
export const lookOf = (at: number): { readonly tone: string; readonly symbol: (typeof SYMBOLS)[number] } => ({
  tone: `tone-${at % SYMBOLS.length}`,
  symbol: SYMBOLS[at % SYMBOLS.length] ?? 'circle',
});

const SHAPES = [
  '<circle r="5"/>',
  '<rect x="-5" y="-5" width="10" height="10"/>',
  '<path d="M0,-6L6,5H-6Z"/>',
  '<path d="M0,-7L5,0L0,7L-5,0Z"/>',
  '<path d="M0,-7L2,-2L7,-2L3,1L4,6L0,3L-4,6L-3,1L-7,-2L-2,-2Z"/>',
];

export function legendOf(names: readonly string[]): Markup {
  return markup`<ul class="legend">${names.map(
    (name, at) =>
      markup`<li><svg viewBox="-8 -8 16 16" class="tone-${at % SHAPES.length}" fill="currentColor" aria-hidden="true">${raw(SHAPES[at % SHAPES.length] ?? '')}</svg>${name}</li>`,
  )}</ul>`;
}
