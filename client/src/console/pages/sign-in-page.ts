/** Sign in with the code that the coordinator printed. */
import { html, type TemplateResult } from 'lit';
import { consoleTroubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView } from '../../session/index.ts';

export function signInPage({ busy, trouble }: ConsoleView, session: ConsoleSession): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void session.signIn(String(new FormData(event.currentTarget as HTMLFormElement).get('code')).trim());
  };
  return html`<h1>${say('console.title')}</h1>
    ${consoleTroubleNote(trouble)}
    <form @submit=${submit}>
      <label class="field"
        >${say('console.code')}<input name="code" required maxlength="200" autocomplete="off" spellcheck="false" /><small>${say('console.code.hint')}</small></label
      >
      <button class="main" ?disabled=${busy}>${say('console.signIn')}</button>
    </form>`;
}
