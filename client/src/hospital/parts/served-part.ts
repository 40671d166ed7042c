/** Who serves this page, and how to check its files from outside. A page cannot vouch for itself, so no word here says that it was checked. */
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { SessionView } from '../../session/index.ts';

export function servedPart({ info }: SessionView): TemplateResult | typeof nothing {
  if (info === null) return nothing;
  const { origin, coordinator, build } = info.served;
  const isOwn = origin !== coordinator;
  return html`<details class="served">
    <summary>${say(isOwn ? 'served.own' : 'served.coordinator', { origin })}</summary>
    <p>${say(isOwn ? 'served.own.lead' : 'served.coordinator.lead', { coordinator })}</p>
    ${build === null ? html`<p>${say('served.nobuild')}</p>` : html`<p>${say('served.build')}<br /><span class="hash">${build}</span></p>`}
    ${isOwn && build !== null && build !== info.build ? html`<p class="strong-note">${say('served.other', { build: info.build })}</p>` : nothing}
    <p>${say('served.check')}<br /><code>pnpm verify --client ${origin}${build === null ? '' : ` --expect ${build}`}</code></p>
  </details>`;
}
