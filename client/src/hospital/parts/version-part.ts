/** Versions of the plan: what changed since the one before, and that a newer one waits. */
import { html, nothing, type TemplateResult } from 'lit';
import { differenceTable } from '../../charts/index.ts';
import { troubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { HospitalSession, SessionView } from '../../session/index.ts';

/** Before a plan is signed. */
export function earlierVersionPart({ consent: { earlier } }: SessionView): TemplateResult | typeof nothing {
  if (earlier.kind === 'none') return nothing;
  if (earlier.kind === 'unknown') return html`<p class="strong-note" role="alert">${say('version.unknown')}</p>`;
  const title = say('version.title', { version: earlier.version });
  return html`<h2>${title}</h2>
    <p class="note">${say(earlier.isSignedHere ? 'version.signed' : 'version.unsigned')}</p>
    ${differenceTable(title, earlier.difference)}`;
}

/** Where a study has ended and goes on as another. */
export function nextVersionPart(
  { consent: { next, nextTrouble } }: SessionView,
  session: HospitalSession,
): TemplateResult | typeof nothing {
  if (next === null) return nothing;
  return html`<section class="next-version">
    <h2>${say('version.next.title')}</h2>
    <p>${say('version.next.lead')}</p>
    ${troubleNote(nextTrouble)}
    <div class="row"><button type="button" class="main" @click=${() => session.enterNextVersion()}>${say('version.next.action')}</button></div>
  </section>`;
}
