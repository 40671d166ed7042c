/** The choice of language. */
import { html } from 'lit';
import { currentLanguage, LANGUAGES, type Language, say, setLanguage } from '../messages/index.ts';

export function languageChoice() {
  const choose = (event: Event) => setLanguage((event.target as HTMLSelectElement).value as Language);
  return html`<label class="language"
    ><span class="unseen">${say('language')}</span>
    <select @change=${choose}>
      ${Object.entries(LANGUAGES).map(([id, name]) => html`<option value=${id} ?selected=${id === currentLanguage()}>${name}</option>`)}
    </select></label
  >`;
}
