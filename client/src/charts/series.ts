/** How curves are told apart: by colour, dash and shape together, in a fixed order. */
import { html, svg, type TemplateResult } from 'lit';

export interface Named {
  /** `local`, `federated`, `exact`: decides colour, dash and shape. */
  readonly id: string;
  readonly title: string;
}

export interface Look {
  /** A class that sets the colour. */
  readonly tone: string;
  readonly dash: string;
  readonly symbol: 'circle' | 'square' | 'triangle';
}

const LOOKS: { readonly [id: string]: Look } = {
  federated: { tone: 'tone-first', dash: '', symbol: 'circle' },
  local: { tone: 'tone-second', dash: '6 4', symbol: 'square' },
  personal: { tone: 'tone-second', dash: '2 3', symbol: 'triangle' },
  cox: { tone: 'tone-third', dash: '2 3', symbol: 'triangle' },
  exact: { tone: 'tone-third', dash: '2 3', symbol: 'triangle' },
};
const PLAIN: Look = { tone: 'tone-first', dash: '', symbol: 'circle' };

export const lookOf = (id: string): Look => LOOKS[id] ?? PLAIN;

const SHAPES = { circle: 'M8 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z', square: 'M8.5 2.5h7v7h-7Z', triangle: 'M12 1.5l4.5 8h-9Z' };

/** Line, shape and name of each series. */
export function legendOf(series: readonly Named[]): TemplateResult {
  return html`<ul class="legend">
    ${series.map(({ id, title }) => {
      const look = lookOf(id);
      return html`<li>
        <svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true" class=${look.tone}>
          ${svg`<path d="M0 6H24" stroke="currentColor" stroke-width="2" stroke-dasharray=${look.dash}></path><path d=${SHAPES[look.symbol]} fill="currentColor"></path>`}
        </svg>
        ${title}
      </li>`;
    })}
  </ul>`;
}
