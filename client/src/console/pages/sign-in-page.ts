/** Sign in with the code that the coordinator printed. */
import { html, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView } from '../../session/index.ts';

export function signInPage({ busy }: ConsoleView, session: ConsoleSession): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void session.signIn(String(new FormData(event.currentTarget as HTMLFormElement).get('code')).trim());
  };
  return html`<h1>${say('console.title')}</h1>
    <form @submit=${submit}>
      <label class="field"
        >${say('console.code')}<input name="code" required maxlength="200" autocomplete="off" spellcheck="false" /><small>${say('console.code.hint')}</small></label
      >
      <button class="main" ?disabled=${busy}>${say('console.signIn')}</button>
    </form>`;
}
