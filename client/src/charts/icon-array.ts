/**
 * A hundred figures, so many of them filled: how people read a risk best. Abstract dots, the same denominator everywhere; told apart by fill and
 * outline, not by colour alone.
 *
 * Source: Ancker et al. 2006, doi 10.1197/jamia.M2115; Zikmund-Fisher et al. 2014, doi 10.1177/0272989X13511706.
 */
import { html, svg, type TemplateResult } from 'lit';

const COLUMNS = 10;
const CELL = 12;

/**
 * @param title - The same in words; it names the picture.
 * @param filled - How many of a hundred, 0 to 100, a whole number.
 */
export function iconArray(title: string, filled: number): TemplateResult {
  const dots = Array.from({ length: COLUMNS * COLUMNS }, (_, at) => {
    const [x, y] = [(at % COLUMNS) * CELL + CELL / 2, Math.floor(at / COLUMNS) * CELL + CELL / 2];
    return svg`<circle cx=${x} cy=${y} r="4" class=${at < filled ? 'icon-on' : 'icon-off'}></circle>`;
  });
  const size = COLUMNS * CELL;
  return html`<figure class="icons">
    <svg viewBox="0 0 ${size} ${size}" width=${size * 1.4} height=${size * 1.4} role="img" aria-label=${title}>${dots}</svg>
    <figcaption>${title}</figcaption>
  </figure>`;
}

/** Of a hundred, as people are counted: a whole number. */
export const ofHundred = (risk: number): number => Math.min(100, Math.max(0, Math.round(100 * risk)));
