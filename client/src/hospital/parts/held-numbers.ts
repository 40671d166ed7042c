/** The numbers of the round under way before masking: looked at on request, gone with the round, in no file. */
import type { HeldAnswer } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say, sayOr } from '../../messages/index.ts';

/** @param held - null before anybody has looked. */
export function heldNumbers(held: HeldAnswer | 'none' | null, look: () => void): TemplateResult {
  return html`<details class="held">
    <summary>${say('held.title')}</summary>
    <p>${say('held.lead')}</p>
    <div class="row"><button type="button" @click=${look}>${say('held.look')}</button></div>
    ${held === null ? nothing : held === 'none' ? html`<p role="status">${say('held.none')}</p>` : numbers(held)}
  </details>`;
}

function numbers({ round, kind, header, body, bodyLength }: HeldAnswer): TemplateResult {
  return html`<p role="status">${say('held.round', { round, kind: sayOr(`kind.${kind}`, kind) })}</p>
    <p>${say('held.header')}</p>
    <p class="numbers" tabindex="0" role="region" aria-label=${say('held.header')}>${Array.from(header, (value) => formatNumber(value)).join('  ')}</p>
    ${
      bodyLength === 0
        ? nothing
        : html`<p>${say('held.body', { shown: body.length, all: bodyLength })}</p>
            <p class="numbers" tabindex="0" role="region" aria-label=${say('held.title')}>${body.join('  ')}</p>`
    }`;
}
