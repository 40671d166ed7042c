/** The line above every page: what is not confirmed here. In an invited study it goes once a person has confirmed the list of hospitals. */
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { SessionView } from '../../session/index.ts';

export function bannerPart({ membership, plan, run, hasConfirmedList }: SessionView): TemplateResult | typeof nothing {
  if (membership === null) return html`<p class="banner" role="note">${say('banner.start')}</p>`;
  if (plan === null) return nothing;
  if (membership.demo && plan.synthetic) return html`<p class="banner" role="note">${say('banner.demo')}</p>`;
  const isConfirmed = run.roster === null ? hasConfirmedList : run.roster.isConfirmed;
  return isConfirmed ? nothing : html`<p class="banner" role="note">${say('banner.unconfirmed')}</p>`;
}
