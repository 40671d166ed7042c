/** The list of hospitals is compared by telephone: nine of its twelve words are shown, three are typed as another hospital reads them. */
import { html, nothing, type TemplateResult } from 'lit';
import { troubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { HospitalSession, SessionView, Step } from '../../session/index.ts';
import { rosterTable } from '../parts/roster-table.ts';
import { stopControl } from '../parts/stop-control.ts';

export function wordsPage(view: SessionView, step: Extract<Step, { step: 'words' }>, session: HospitalSession): TemplateResult {
  const { roster } = view.run;
  if (roster === null) return html`<h1>${say('words.title')}</h1>`;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    void session.signing.confirm(fields.getAll('heard').map(String));
  };
  const { check, busy, trouble } = step;
  return html`<h1>${say('words.title')}</h1>
    <p>${say('words.lead')}</p>
    <p>${say('words.version', { version: roster.version })}</p>
    ${rosterTable(view.run.roster?.sites ?? [], view.membership?.name)}
    <p><strong>${say('words.call', { names: roster.call.join(', ') })}</strong></p>
    <h2>${say('words.list')}</h2>
    <p>${say('words.how')}</p>
    ${wordList(roster.words)} ${troubleNote(check?.outcome === 'differ' ? { code: 'words-differ', text: '' } : trouble)}
    ${check?.outcome === 'unknown' ? unknownNote(check.positions) : nothing}
    <form @submit=${submit}>
      ${roster.hidden.map((place) => heardField(place, say('words.heard', { number: place + 1 })))}
      <div class="row"><button class="main" ?disabled=${busy}>${say(busy ? 'words.comparing' : 'words.compare')}</button></div>
    </form>
    ${stopControl(session, 'stop.note')}`;
}

/** The words in their order; what is to be heard stays blank. */
export function wordList(words: readonly string[]): TemplateResult {
  return html`<ol class="words" data-roster-words lang="en">
    ${words.map((word) => html`<li>${word === '' ? html`<em class="quiet">${say('words.missing')}</em>` : html`<code>${word}</code>`}</li>`)}
  </ol>`;
}

/** A word that is typed as somebody reads it. @param place - From 0. */
export const heardField = (place: number, label: string): TemplateResult =>
  html`<label class="field">${label}<input name="heard" data-heard=${place} required maxlength="20" autocomplete="off" autocapitalize="none" spellcheck="false" /></label>`;

export function unknownNote(positions: readonly number[]): TemplateResult {
  const numbers = positions.map((place) => place + 1).join(', ');
  return html`<div class="trouble" role="alert" data-code="unknown-word"><p>${say('words.unknown', { numbers })}</p></div>`;
}
