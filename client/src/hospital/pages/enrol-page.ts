/** Enrolment: file and words to keep, then two of the words from paper, name and role. */
import { PERSON_ROLES, type PersonRole } from '@consilium/shared/identity';
import { html, nothing, type TemplateResult } from 'lit';
import { copyButton, saveFile, troubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { EnrolView, HospitalSession, KeptFile } from '../../session/index.ts';
import { broughtText } from '../parts/recovery-fields.ts';

type Kept = Extract<EnrolView, { stage: 'keep' | 'check' }>;

export function enrolPage(view: EnrolView, session: HospitalSession): TemplateResult {
  if (view.stage === 'keep') return keepPage(view, session);
  if (view.stage === 'check') return checkPage(view, session);
  const title = say(`enrol.${view.stage}`, { name: view.name });
  return html`<h1>${title}</h1>
    ${view.stage === 'sealing' ? html`<p role="status">${say('enrol.sealing.lead')}</p>` : nothing}
    <progress aria-label=${title}></progress>`;
}

function keepPage(view: Kept, session: HospitalSession): TemplateResult {
  const { file, words, name, title } = view;
  return html`<h1>${say('enrol.title')}</h1>
    <p><strong>${say('enrol.for', { name, title })}</strong></p>
    <p>${say('enrol.lead')}</p>
    <h2>${say('enrol.file')}</h2>
    <p>
      <button type="button" @click=${() => saveFile(file.name, 'application/json', file.text)}>${say('enrol.file.save')}</button>
    </p>
    ${asText(file)}
    <h2>${say('enrol.words')}</h2>
    <p>${say('enrol.words.lead')}</p>
    <ol class="words" data-passphrase lang="en">
      ${words.map((word) => html`<li><code>${word}</code></li>`)}
    </ol>
    <p class="note">${say('enrol.private')}</p>
    <div class="row">
      <button type="button" class="main" @click=${() => session.entrance?.enrolment.turnTo('check')}>${say('enrol.next')}</button>
      ${cancel(session)}
    </div>`;
}

/** For browsers that block downloads: the text itself, to be copied. */
function asText(file: KeptFile): TemplateResult {
  return html`<details>
    <summary>${say('enrol.file.blocked')}</summary>
    <label class="field">${say('enrol.file.text', { file: file.name })}<textarea readonly rows="8" .value=${file.text}></textarea></label>
    ${copyButton(say('enrol.file.copy'), file.text)}
  </details>`;
}

function checkPage(view: Kept, session: HospitalSession): TemplateResult {
  const { asked, file, wrong, trouble, name } = view;
  const enrolment = session.entrance?.enrolment;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const text = await broughtText(fields);
    const role = String(fields.get('role')) as PersonRole;
    void enrolment?.confirm({ typed: fields.getAll('word').map(String), text }, { name: String(fields.get('person')).trim(), role });
  };
  return html`<h1>${say('enrol.check')}</h1>
    <p>${say('enrol.check.lead')}</p>
    ${wrong === 'words' ? html`<div class="trouble" role="alert" data-code="wrong-words"><p>${say('enrol.check.wrong')}</p></div>` : nothing}
    ${wrong === 'file' ? html`<div class="trouble" role="alert" data-code="wrong-file"><p>${say('enrol.check.file.wrong', { name })}</p></div>` : nothing}
    ${troubleNote(trouble)} ${trouble === null ? nothing : html`<p class="calm" role="status">${say('enrol.check.kept')}</p>`}
    <form @submit=${submit}>
      ${asked.map(
        (place) =>
          html`<label class="field">${say('enrol.check.word', { number: place + 1 })}<input name="word" required maxlength="20" autocomplete="off" autocapitalize="none" spellcheck="false" /></label>`,
      )}
      <p>${say('enrol.check.file.lead')}</p>
      <label class="field">${say('enrol.check.file', { file: file.name })}<input type="file" name="recovery" accept=".json,application/json" /></label>
      <label class="field">${say('enrol.check.text')}<textarea name="text" rows="2" spellcheck="false"></textarea></label>
      <label class="field">${say('enrol.person')}<input name="person" required maxlength="120" autocomplete="name" /><small>${say('enrol.person.hint')}</small></label>
      <label class="field"
        >${say('enrol.role')}<select name="role">
          ${PERSON_ROLES.map((role) => html`<option value=${role}>${say(`enrol.role.${role}`)}</option>`)}
        </select></label
      >
      <div class="row">
        <button class="main">${say('enrol.join')}</button>
        <button type="button" @click=${() => enrolment?.turnTo('keep')}>${say('enrol.check.again')}</button>
        ${cancel(session)}
      </div>
    </form>`;
}

function cancel(session: HospitalSession): TemplateResult {
  return html`<button type="button" @click=${() => session.entrance?.enrolment.giveUp()}>${say('enrol.cancel')}</button>`;
}
