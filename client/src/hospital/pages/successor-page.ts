/** A list of hospitals that is to follow the one in force: who goes, who stays, and one signature under list and plan. */
import { html, nothing, type TemplateResult } from 'lit';
import { troubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { HospitalSession, SessionView, Step } from '../../session/index.ts';
import { stopControl } from '../parts/stop-control.ts';

export function successorPage(
  { run, plan }: SessionView,
  step: Extract<Step, { step: 'successor' }>,
  session: HospitalSession,
): TemplateResult {
  const next = run.roster?.successor ?? null;
  if (next === null) return html`<h1>${say('successor.title')}</h1>`;
  const { left, putOff, stay, version } = next;
  return html`<h1>${say('successor.title')}</h1>
    <p>${say('successor.lead', { version })}</p>
    ${left.length === 0 ? nothing : html`<p data-left><strong>${say('successor.left', { names: left.join(', ') })}</strong> ${say('successor.left.proof')}</p>`}
    ${
      putOff.length === 0
        ? nothing
        : html`<div class="trouble" role="alert" data-put-off>
            <p><strong>${say('successor.putOff', { names: putOff.join(', ') })}</strong></p>
            <p>${say('successor.putOff.call')}</p>
          </div>`
    }
    <h2>${say('successor.stay', { count: stay.length })}</h2>
    <ul>
      ${stay.map((name) => html`<li>${name}</li>`)}
    </ul>
    <p>${say('successor.plan', { title: plan?.title ?? '' })}</p>
    <p class="note">${say('successor.limits')}</p>
    <details>
      <summary>${say('sign.hashes')}</summary>
      <p>${say('sign.rosterHash')}<br /><span class="hash">${next.rosterHash}</span></p>
    </details>
    ${troubleNote(step.trouble)}
    <div class="row">
      <button type="button" class="main" ?disabled=${step.busy} @click=${() => session.signing.succeed(next.rosterHash)}>${say(step.busy ? 'sign.busy' : 'successor.action')}</button>
    </div>
    ${stopControl(session, 'stop.note')}`;
}
