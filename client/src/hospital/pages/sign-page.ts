/** Sign: the plan in plain words and the list of hospitals; before it waiting for the list, after it for the start. */
import { html, nothing, type TemplateResult } from 'lit';
import { pauseNote, troubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { HospitalSession, RunView, SessionView, ShownPerson, Step } from '../../session/index.ts';
import { leavesPart } from '../parts/leaves-part.ts';
import { papersPart } from '../parts/papers-part.ts';
import { peopleLeadPart, peoplePart, peopleTable } from '../parts/people-part.ts';
import { planSentences } from '../parts/plan-sentences.ts';
import { policyForm } from '../parts/policy-form.ts';
import { rosterTable } from '../parts/roster-table.ts';
import { stopControl } from '../parts/stop-control.ts';
import { earlierVersionPart } from '../parts/version-part.ts';
import { wordList } from './words-page.ts';

export function gatheringPage(view: SessionView, session: HospitalSession): TemplateResult {
  const { run } = view;
  return html`<h1>${say('gathering.title')}</h1>
    <p>${say('gathering.lead')}</p>
    <p role="status">${say('gathering.present', { count: run.present.length })}</p>
    <p class="note">${say('waiting.open')}</p>
    ${peoplePart(view, session)} ${stopControl(session, 'stop.note')}`;
}

export function signPage(view: SessionView, step: Extract<Step, { step: 'sign' }>, session: HospitalSession): TemplateResult {
  const { plan, planHash, run, membership } = view;
  return html`<h1>${say('sign.title')}</h1>
    <p>${say('sign.lead')}</p>
    ${earlierVersionPart(view)}
    <h2>${say('sign.plan')}: ${plan?.title}</h2>
    ${plan === null ? nothing : html`${planSentences(plan)} ${leavesPart(plan)}`} ${membership === null ? nothing : papersPart(membership.study)}
    <h2>${say('sign.roster')}</h2>
    ${run.roster === null || run.roster.version === 1 ? nothing : html`<p>${say('sign.version', { version: run.roster.version })}</p>`} ${rosterTable(view.run.roster?.sites ?? [], view.membership?.name)}
    ${run.roster === null || run.roster.words.length === 0 ? nothing : html`<p>${say('words.confirmed')}</p>${wordList(run.roster.words)}`}
    <details>
      <summary>${say('sign.hashes')}</summary>
      <p>${say('sign.planHash')}<br /><span class="hash">${planHash}</span></p>
      <p>${say('sign.rosterHash')}<br /><span class="hash">${run.roster?.hash}</span></p>
    </details>
    ${policyForm(view, session.consent)} ${peopleLeadPart(view.consent.people)} ${troubleNote(step.trouble)}
    <div class="row">
      <button type="button" class="main" ?disabled=${step.busy} @click=${() => session.signing.approve(run.roster?.hash ?? '')}>${step.busy ? say('sign.busy') : say('sign.action')}</button>
    </div>
    ${stopControl(session, 'stop.note')}`;
}

/** The people who sign besides; until they have, the words that they compare with this tab. */
function waitingForPeople({ roster }: RunView, people: readonly ShownPerson[]): TemplateResult | typeof nothing {
  if (people.length === 0) return nothing;
  const isWaiting = roster !== null && people.some(({ hasSigned }) => !hasSigned);
  return html`<h2>${say('people.title')}</h2>
    ${peopleTable(people)} ${isWaiting ? html`<p>${say('people.words')}</p>${wordList(roster.words)}` : nothing}`;
}

export function waitingPage({ run, consent }: SessionView, session: HospitalSession): TemplateResult {
  if (run.phase === 'finished') return html`<h1>${say('study.finished')}</h1><p role="status">${say('waiting.finished')}</p>`;
  const hasStarted = run.phase === 'running' || run.phase === 'paused';
  return html`<h1>${say('waiting.title')}</h1>
    <p role="status">${say('waiting.signed', { signed: run.signed.length, all: run.roster?.sites.length ?? run.signed.length })}</p>
    ${run.phase === 'paused' ? pauseNote(run.reason) : ''}
    ${waitingForPeople(run, consent.people.people)} ${troubleNote(run.trouble)}
    <p>${say(hasStarted ? 'waiting.running' : 'waiting.start')}</p>
    <p class="note">${say('waiting.open')}</p>
    ${stopControl(session, hasStarted ? 'run.stop.note' : 'stop.note')}`;
}
