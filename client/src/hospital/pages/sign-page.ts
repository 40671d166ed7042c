/** Sign: the plan in plain words and the list of hospitals; before it waiting for the list, after it for the start. */
import { describePlan } from '@consilium/shared/study';
import { html, nothing, type TemplateResult } from 'lit';
import { pauseNote, troubleNote } from '../../elements/index.ts';
import { currentLanguage, say, unbroken } from '../../messages/index.ts';
import type { HospitalSession, SessionView, Step } from '../../session/index.ts';
import { leavesPart } from '../parts/leaves-part.ts';
import { papersPart } from '../parts/papers-part.ts';
import { policyForm } from '../parts/policy-form.ts';
import { rosterTable } from '../parts/roster-table.ts';
import { stopControl } from '../parts/stop-control.ts';
import { earlierVersionPart } from '../parts/version-part.ts';
import { wordList } from './words-page.ts';

export function gatheringPage({ run }: SessionView, session: HospitalSession): TemplateResult {
  return html`<h1>${say('gathering.title')}</h1>
    <p>${say('gathering.lead')}</p>
    <p role="status">${say('gathering.present', { count: run.present.length })}</p>
    <p class="note">${say('waiting.open')}</p>
    ${stopControl(session, 'stop.note')}`;
}

export function signPage(view: SessionView, step: Extract<Step, { step: 'sign' }>, session: HospitalSession): TemplateResult {
  const { plan, planHash, run, membership } = view;
  return html`<h1>${say('sign.title')}</h1>
    <p>${say('sign.lead')}</p>
    ${earlierVersionPart(view)}
    <h2>${say('sign.plan')}: ${plan?.title}</h2>
    ${currentLanguage() === 'en' ? nothing : html`<p class="note">${say('sign.language')}</p>`}
    <ul class="reading" lang="en">
      ${plan === null ? '' : describePlan(plan).map((sentence) => html`<li>${unbroken(sentence)}</li>`)}
    </ul>
    ${plan === null ? nothing : leavesPart(plan)} ${membership === null ? nothing : papersPart(membership.study)}
    <h2>${say('sign.roster')}</h2>
    ${run.roster === null || run.roster.version === 1 ? nothing : html`<p>${say('sign.version', { version: run.roster.version })}</p>`} ${rosterTable(view)}
    ${run.roster === null || run.roster.words.length === 0 ? nothing : html`<p>${say('words.confirmed')}</p>${wordList(run.roster)}`}
    <details>
      <summary>${say('sign.hashes')}</summary>
      <p>${say('sign.planHash')}<br /><span class="hash">${planHash}</span></p>
      <p>${say('sign.rosterHash')}<br /><span class="hash">${run.roster?.hash}</span></p>
    </details>
    ${policyForm(view, session.consent)} ${troubleNote(step.trouble)}
    <div class="row">
      <button type="button" class="main" ?disabled=${step.busy} @click=${() => session.signing.approve(run.roster?.hash ?? '')}>${step.busy ? say('sign.busy') : say('sign.action')}</button>
    </div>
    ${stopControl(session, 'stop.note')}`;
}

export function waitingPage({ run }: SessionView, session: HospitalSession): TemplateResult {
  if (run.phase === 'finished') return html`<h1>${say('study.finished')}</h1><p role="status">${say('waiting.finished')}</p>`;
  const hasStarted = run.phase === 'running' || run.phase === 'paused';
  return html`<h1>${say('waiting.title')}</h1>
    <p role="status">${say('waiting.signed', { signed: run.signed.length, all: run.roster?.sites.length ?? run.signed.length })}</p>
    ${run.phase === 'paused' ? pauseNote(run.reason) : ''}
    <p>${say(hasStarted ? 'waiting.running' : 'waiting.start')}</p>
    <p class="note">${say('waiting.open')}</p>
    ${stopControl(session, hasStarted ? 'run.stop.note' : 'stop.note')}`;
}
