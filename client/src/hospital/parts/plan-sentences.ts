/** The plan in plain words. */
import { describePlan, type Plan } from '@consilium/shared/study';
import { html, nothing, type TemplateResult } from 'lit';
import { currentLanguage, say, unbroken } from '../../messages/index.ts';

export function planSentences(plan: Plan): TemplateResult {
  return html`${currentLanguage() === 'en' ? nothing : html`<p class="note">${say('sign.language')}</p>`}
    <ul class="reading" lang="en">
      ${describePlan(plan).map((sentence) => html`<li>${unbroken(sentence)}</li>`)}
    </ul>`;
}
