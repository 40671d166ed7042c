/** The people who sign for the hospital: who they are, how another is added, and how far they have signed. */
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { dataTable } from '../../charts/index.ts';
import { copyButton, troubleNote } from '../../elements/index.ts';
import { formatDay, say } from '../../messages/index.ts';
import type { HospitalSession, PeopleDesk, PeopleStage, PeopleView, SessionView, ShownPerson } from '../../session/index.ts';
import { heardField, unknownNote, wordList } from '../pages/words-page.ts';
import { broughtFile, recoveryFields } from './recovery-fields.ts';

/** While the list of hospitals is open. Demonstrations have no recovery file, and so no people. */
export function peoplePart(view: SessionView, session: HospitalSession): TemplateResult | typeof nothing {
  const { people: shown } = view.consent;
  const desk = session.consent?.people ?? null;
  if (desk === null || view.membership?.demo !== false || (!shown.isOpen && shown.people.length === 0)) return nothing;
  const { people, at, trouble, isOpen } = shown;
  const isCalm = people.length === 0 && at.stage === 'closed' && trouble === null;
  return html`<details class="policy people" ?open=${!isCalm}>
    <summary>${say('people.title')}</summary>
    <p>${say('people.lead')}</p>
    ${people.length === 0 ? nothing : peopleTable(people, isOpen && at.stage === 'closed' ? desk : null)}
    ${people.length === 1 ? html`<p class="strong-note" role="status">${say('people.one')}</p>` : nothing}
    ${troubleNote(trouble)} ${isOpen ? stagePart(at, people.length, desk) : html`<p class="note">${say('people.made')}</p>`}
  </details>`;
}

/** On the page to sign, where people sign besides. */
export function peopleLeadPart({ people }: PeopleView): TemplateResult | typeof nothing {
  if (people.length === 0) return nothing;
  return html`<h2>${say('people.title')}</h2>
    <p>${say('people.sign')}</p>
    ${peopleTable(people)}`;
}

/** Who has signed. @param desk - Where a person may still be taken back. */
export function peopleTable(people: readonly ShownPerson[], desk: PeopleDesk | null = null): TemplateResult {
  const signed = people.filter(({ hasSigned }) => hasSigned).length;
  return html`${dataTable(
    say('people.title'),
    [
      { title: say('people.name'), value: ({ name }) => name },
      { title: say('people.role'), value: ({ role }) => say(`enrol.role.${role}`) },
      { title: say('people.until'), value: ({ expiresAt }) => formatDay(new Date(expiresAt * 1000).toISOString()) },
      desk === null
        ? { title: say('people.state'), value: stateOf }
        : {
            title: say('people.change'),
            value: (person) =>
              html`<button type="button" @click=${() => desk.takeBack(person)}>${say('people.takeBack', { name: person.name })}</button>`,
          },
    ],
    people,
  )}
  ${desk === null ? html`<p role="status" data-people-signed=${signed}>${say('people.signed', { signed, all: people.length })}</p>` : nothing}`;
}

function stateOf({ hasSigned, refusal }: ShownPerson): TemplateResult | string {
  if (refusal !== null) return html`<strong>${say('people.state.refused', { reason: refusal })}</strong>`;
  return say(hasSigned ? 'people.state.signed' : 'people.state.waiting');
}

function stagePart(at: PeopleStage, count: number, desk: PeopleDesk): TemplateResult | typeof nothing {
  switch (at.stage) {
    case 'closed':
      if (count >= 2) return nothing;
      return html`<div class="row"><button type="button" @click=${() => desk.invite()}>${say(count === 0 ? 'people.add' : 'people.add.second')}</button></div>`;
    case 'inviting':
      return html`<p>${say('people.link.lead')}</p>
        <label class="field">${say('people.link')}<textarea readonly rows="5" data-person-link .value=${at.link}></textarea></label>
        ${copyButton(say('people.link.copy'), at.link)}
        <p role="status">${say('people.link.waiting')}</p>
        ${backRow(desk)}`;
    case 'comparing':
      return comparingPart(at, desk);
    case 'recovery':
      return recoveryPart(at, desk);
  }
}

/** What comes next begins at its heading: the button that was pressed is gone. */
const take = (heading?: Element): void => (heading as HTMLElement | undefined)?.focus();

function comparingPart({ who, words, unknown }: Extract<PeopleStage, { stage: 'comparing' }>, desk: PeopleDesk): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    desk.compare(new FormData(event.currentTarget as HTMLFormElement).getAll('heard').map(String));
  };
  return html`<h2 tabindex="-1" ${ref(take)}>${say('people.compare', { name: who.name, role: say(`enrol.role.${who.role}`) })}</h2>
    <p>${say('people.compare.lead')}</p>
    ${wordList(words)} ${unknown.length > 0 ? unknownNote(unknown) : nothing}
    <form @submit=${submit}>
      ${words.flatMap((word, place) => (word === '' ? [heardField(place, say('people.heard', { number: place + 1, name: who.name }))] : []))}
      <div class="row"><button class="main">${say('words.compare')}</button>${backButton(desk)}</div>
    </form>`;
}

function recoveryPart({ errand, busy }: Extract<PeopleStage, { stage: 'recovery' }>, desk: PeopleDesk): TemplateResult {
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const { text, words } = await broughtFile(event.currentTarget as HTMLFormElement);
    await desk.bring(text, words);
  };
  const { name } = errand.who;
  return html`<h2 tabindex="-1" ${ref(take)}>${say(`people.recovery.${errand.kind}`, { name })}</h2>
    <p>${say('people.recovery.lead')}</p>
    <form @submit=${submit}>
      ${recoveryFields()}
      ${busy ? html`<p role="status">${say('recover.opening')}</p><progress aria-label=${say('recover.opening')}></progress>` : nothing}
      <div class="row"><button class="main" ?disabled=${busy}>${say(`people.do.${errand.kind}`, { name })}</button>${backButton(desk)}</div>
    </form>`;
}

const backButton = (desk: PeopleDesk): TemplateResult =>
  html`<button type="button" @click=${() => desk.close()}>${say('people.cancel')}</button>`;
const backRow = (desk: PeopleDesk): TemplateResult => html`<div class="row">${backButton(desk)}</div>`;
