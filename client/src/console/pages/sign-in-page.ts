/** Signing in, or making an account with a code: the first owner's is printed by the coordinator, a colleague's comes from an owner. */
import { html, nothing, type TemplateResult } from 'lit';
import { consoleTroubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView } from '../../session/index.ts';

const SHORTEST_PASSWORD = 12;

export function signInPage({ busy, trouble, asksSecondFactor }: ConsoleView, session: ConsoleSession): TemplateResult {
  const submit = (event: SubmitEvent) => {
    const read = readForm(event);
    void session.signIn(read('name'), read('password'), asksSecondFactor ? read('digits') : null);
  };
  return html`<h1>${say('console.title')}</h1>
    ${consoleTroubleNote(trouble)}
    <form @submit=${submit}>
      ${nameField('username')}
      <label class="field"
        >${say('account.password')}<input name="password" type="password" required maxlength="200" autocomplete="current-password"
      /></label>
      ${asksSecondFactor ? digitsField() : nothing}
      <div class="row">
        <button class="main" ?disabled=${busy}>${say('console.signIn')}</button>
        <button type="button" @click=${() => session.open({ page: 'set-up' })}>${say('account.haveCode')}</button>
      </div>
    </form>`;
}

export function setUpPage({ busy, trouble }: ConsoleView, session: ConsoleSession): TemplateResult {
  const submit = (event: SubmitEvent) => {
    const read = readForm(event);
    void session.setUp(read('code').trim(), read('name'), read('new'));
  };
  return html`<h1>${say('console.title')}</h1>
    ${consoleTroubleNote(trouble)}
    <p>${say('account.setUp.lead')}</p>
    <form @submit=${submit}>
      <label class="field"
        >${say('console.code')}<input name="code" required maxlength="200" autocomplete="off" spellcheck="false" /><small>${say('console.code.hint')}</small></label
      >
      ${nameField('username')} ${newPasswordField(say('account.newPassword'))}
      <div class="row">
        <button class="main" ?disabled=${busy}>${say('account.make')}</button>
        <button type="button" @click=${() => session.open({ page: 'sign-in' })}>${say('account.haveAccount')}</button>
      </div>
    </form>`;
}

/** A new password, with the one rule that counts. */
export function newPasswordField(title: string): TemplateResult {
  return html`<label class="field"
    >${title}<input name="new" type="password" required minlength=${SHORTEST_PASSWORD} maxlength="200" autocomplete="new-password" /><small
      >${say('account.newPassword.hint', { count: SHORTEST_PASSWORD })}</small
    ></label
  >`;
}

/** The six digits of an authenticator app. */
export function digitsField(): TemplateResult {
  return html`<label class="field"
    >${say('account.digits')}<input name="digits" required inputmode="numeric" pattern="[0-9 ]{6,7}" autocomplete="one-time-code" /><small
      >${say('account.digits.hint')}</small
    ></label
  >`;
}

/** Keeps the page and answers what a field of the form holds. */
export function readForm(event: SubmitEvent): (name: string) => string {
  event.preventDefault();
  const data = new FormData(event.currentTarget as HTMLFormElement);
  return (name) => String(data.get(name) ?? '');
}

const nameField = (autocomplete: 'username'): TemplateResult =>
  html`<label class="field">${say('account.name')}<input name="name" required maxlength="64" autocomplete=${autocomplete} spellcheck="false" /></label>`;
