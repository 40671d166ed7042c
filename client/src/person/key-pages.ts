/** A person's key: made, read to the hospital, taken by it. */
import { PERSON_ROLES, type PersonRole } from '@consilium/shared/identity';
import { html, nothing, type TemplateResult } from 'lit';
import { checkList, troubleNote } from '../elements/index.ts';
import { wordList } from '../hospital/pages/words-page.ts';
import { formatDay, say, sayOr } from '../messages/index.ts';
import type { PersonSession, PersonView, PreflightCheck, Trouble } from '../session/index.ts';

/** Where a new key, under a new link, is the way on. */
const BEGINS_ANEW: ReadonlySet<string> = new Set(['person-withdrawn', 'person-expired', 'person-altered', 'person-key-missing']);

export function blockedPart(checks: readonly PreflightCheck[]): TemplateResult {
  const failed = checks.filter(({ status }) => status === 'fail');
  return html`<h1>${say('person.blocked')}</h1>
    <div class="trouble" role="alert">${failed.map(({ id }) => html`<p>${sayOr(`checks.fix.${id}`, id)}</p>`)}</div>
    ${checkList(checks)}`;
}

export function introducePage({ hospital, plan }: PersonView, busy: boolean, session: PersonSession): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    void session.introduce(String(fields.get('person')).trim(), String(fields.get('role')) as PersonRole);
  };
  return html`<h1>${say('person.title')}</h1>
    <p>${say('person.lead', { hospital, title: plan?.title ?? '' })}</p>
    <p>${say('person.key')}</p>
    <form @submit=${submit}>
      <label class="field">${say('enrol.person')}<input name="person" required maxlength="120" pattern=".*\\S.*" autocomplete="name" /><small>${say('person.name.hint')}</small></label>
      <label class="field"
        >${say('enrol.role')}<select name="role">
          ${PERSON_ROLES.map((role) => html`<option value=${role}>${say(`enrol.role.${role}`)}</option>`)}
        </select></label
      >
      <div class="row"><button class="main" ?disabled=${busy}>${say(busy ? 'person.making' : 'person.make')}</button></div>
    </form>
    <p class="note">${say('person.private')}</p>`;
}

export function knownPage(name: string, { hospital }: PersonView, session: PersonSession): TemplateResult {
  return html`<h1>${say('person.title')}</h1>
    <p role="alert" class="strong-note">${say('person.known', { name, hospital })}</p>
    <div class="row"><button type="button" class="main" @click=${() => session.goOnAs()}>${say('person.known.same', { name })}</button></div>`;
}

export function comparePage({ words, hospital }: PersonView): TemplateResult {
  return html`<h1>${say('person.compare')}</h1>
    <p>${say('person.compare.lead', { hospital })}</p>
    <div data-person-words>${wordList(words)}</div>
    <p role="status">${say('person.compare.waiting', { hospital })}</p>
    <p class="note">${say('person.compare.open')}</p>`;
}

export function listedPage({ hospital, until }: PersonView): TemplateResult {
  return html`<h1>${say('person.listed')}</h1>
    <p role="status">${say('person.listed.lead', { hospital, day: formatDay(new Date(until * 1000).toISOString()) })}</p>
    <p>${say('person.listed.next')}</p>`;
}

export function endedPage({ next }: PersonView, trouble: Trouble, session: PersonSession): TemplateResult {
  return html`<h1>${say('person.ended')}</h1>
    ${troubleNote(trouble)} ${nextVersion(next)}
    <div class="row">
      ${BEGINS_ANEW.has(trouble.code) ? html`<button type="button" class="main" @click=${() => session.beginAnew()}>${say('person.anew')}</button>` : nothing}
      <button type="button" @click=${() => location.reload()}>${say('stopped.again')}</button>
    </div>`;
}

/** The study goes on as another, which the same people sign anew. */
export function nextVersion(next: string | null): TemplateResult | typeof nothing {
  if (next === null) return nothing;
  return html`<section class="next-version">
    <h2>${say('version.next.title')}</h2>
    <p><a href="/person.html#study=${encodeURIComponent(next)}">${say('person.next')}</a></p>
  </section>`;
}
