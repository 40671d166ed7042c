/** How far apart the fits of a network lie, for the patients of one hospital. */
import type { InstabilityRange } from '@consilium/shared/federation';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable } from './plot-figure.ts';

const SHARES = ['half', 'nineInTen', 'largest'] as const;

export function instabilityTable(range: InstabilityRange): TemplateResult {
  const title = say('instability.title', {
    fits: say(range.fits === 5 ? 'instability.five' : 'instability.several', { fits: range.fits }),
  });
  return html`<h3>${title}</h3>
    <p class="note">${say('instability.note')}</p>
    ${dataTable(
      title,
      [
        { title: say('instability.share'), value: (share: (typeof SHARES)[number]) => say(`instability.${share}`) },
        // Risks out of 100, as everywhere.
        { title: say('instability.range'), numeric: true, value: (share: (typeof SHARES)[number]) => formatNumber(100 * range[share], 1) },
      ],
      SHARES,
    )}`;
}
