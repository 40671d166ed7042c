/** What a person who signs reads and says: the list's words, the plan, yes or no. */
import type { WordCheck } from '@consilium/shared/identity';
import { html, nothing, type TemplateResult } from 'lit';
import { troubleNote } from '../elements/index.ts';
import { heardField, unknownNote, wordList } from '../hospital/pages/words-page.ts';
import { leavesPart } from '../hospital/parts/leaves-part.ts';
import { papersPart } from '../hospital/parts/papers-part.ts';
import { peopleTable } from '../hospital/parts/people-part.ts';
import { planSentences } from '../hospital/parts/plan-sentences.ts';
import { rosterTable } from '../hospital/parts/roster-table.ts';
import { say } from '../messages/index.ts';
import type { PersonSession, PersonView } from '../session/index.ts';
import { nextVersion } from './key-pages.ts';

export function listWordsPage({ list, hospital }: PersonView, check: WordCheck | null, session: PersonSession): TemplateResult {
  if (list === null) return html`<h1>${say('words.title')}</h1>`;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void session.compare(new FormData(event.currentTarget as HTMLFormElement).getAll('heard').map(String));
  };
  return html`<h1>${say('words.title')}</h1>
    <p>${say('person.words.lead', { hospital })}</p>
    <p>${say('words.version', { version: list.version })}</p>
    ${rosterTable(list.sites, hospital)}
    <h2>${say('words.list')}</h2>
    <p>${say('person.words.how', { hospital, names: list.call.join(', ') })}</p>
    ${wordList(list.words.map((word, at) => (list.hidden.includes(at) ? '' : word)))}
    ${troubleNote(check?.outcome === 'differ' ? { code: 'words-differ', text: '' } : null)}
    ${check?.outcome === 'unknown' ? unknownNote(check.positions) : nothing}
    <form @submit=${submit}>
      ${list.hidden.map((place) => heardField(place, say('person.words.heard', { number: place + 1 })))}
      <div class="row"><button class="main">${say('words.compare')}</button></div>
    </form>`;
}

export function signPage(view: PersonView, busy: boolean, session: PersonSession): TemplateResult {
  const { plan, planHash, list, hospital, people, program } = view;
  const refuse = (event: SubmitEvent) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget as HTMLFormElement).get('reason')).trim();
    if (reason !== '') void session.refuse(reason);
  };
  return html`<h1>${say('sign.title')}</h1>
    <p>${say('person.sign.lead', { hospital })}</p>
    <h2>${say('sign.plan')}: ${plan?.title}</h2>
    ${plan === null ? nothing : html`${planSentences(plan)} ${leavesPart(plan)}`}
    ${list === null ? nothing : papersPart(view.person?.study ?? '')}
    <h2>${say('sign.roster')}</h2>
    ${list === null ? nothing : html`${rosterTable(list.sites, hospital)}<p>${say('person.words.confirmed')}</p>${wordList(list.words)}`}
    <h2>${say('person.program')}</h2>
    <p>${say('person.program.lead')}</p>
    <p><span class="hash">${program}</span></p>
    <details>
      <summary>${say('sign.hashes')}</summary>
      <p>${say('sign.planHash')}<br /><span class="hash">${planHash}</span></p>
      <p>${say('sign.rosterHash')}<br /><span class="hash">${list?.hash}</span></p>
    </details>
    <h2>${say('people.title')}</h2>
    ${peopleTable(people)}
    <div class="row">
      <button type="button" class="main" ?disabled=${busy} @click=${() => session.sign()}>${say(busy ? 'sign.busy' : 'person.sign.action', { hospital })}</button>
    </div>
    <details class="policy">
      <summary>${say('person.refuse')}</summary>
      <form @submit=${refuse}>
        <label class="field">${say('person.refuse.reason')}<textarea name="reason" rows="3" maxlength="500" required></textarea><small>${say('person.refuse.hint', { hospital })}</small></label>
        <div class="row"><button class="stop" ?disabled=${busy}>${say('person.refuse.action')}</button></div>
      </form>
    </details>`;
}

export function signedPage({ hospital, people, phase, next }: PersonView): TemplateResult {
  const isWhole = people.every(({ hasSigned }) => hasSigned);
  return html`<h1>${say('person.signed')}</h1>
    <p role="status">${say(phase === 'finished' ? 'person.signed.finished' : isWhole ? 'person.signed.both' : 'person.signed.one', { hospital })}</p>
    ${peopleTable(people)} ${nextVersion(next)}
    <p class="note">${say('person.signed.close')}</p>`;
}

export function refusedPage(reason: string, session: PersonSession): TemplateResult {
  return html`<h1>${say('person.refused')}</h1>
    <p role="status">${say('person.refused.lead')}</p>
    <blockquote>${reason}</blockquote>
    <div class="row"><button type="button" @click=${() => session.readAgain()}>${say('person.refused.again')}</button></div>`;
}
