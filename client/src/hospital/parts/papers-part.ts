/** Papers for the hospital's IT and data-protection officers, written by the coordinator from the plan. */
import { html, type TemplateResult } from 'lit';
import { currentLanguage, say } from '../../messages/index.ts';
import { coordinatorOrigin } from '../../session/index.ts';

export function papersPart(study: string): TemplateResult {
  const from = `${coordinatorOrigin()}/api/studies/${encodeURIComponent(study)}/papers`;
  const language = currentLanguage();
  return html`<p>${say('papers.lead')}</p>
    <p class="row">
      <a class="button" href="${from}/it-sheet.${language}.md" download>${say('papers.it')}</a>
      <a class="button" href="${from}/dpia-draft.${language}.md" download>${say('papers.dpia')}</a>
    </p>`;
}
