/** All studies; with none, how to begin. */
import { html, nothing, type TemplateResult } from 'lit';
import { consoleTroubleNote } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView } from '../../session/index.ts';

export function studiesPage(view: ConsoleView, session: ConsoleSession): TemplateResult {
  const { studies, busy, info, trouble } = view;
  // A coordinator with demo files has made the demo study; another one is of use once that is over.
  const demo = studies.find(({ study }) => study === info?.demo?.study);
  const isDemoOver = demo?.phase === 'finished' || demo?.phase === 'stopped';
  return html`<h1>${studies.length === 0 ? say('console.empty.title') : say('console.studies')}</h1>
    ${consoleTroubleNote(trouble)}
    ${
      studies.length === 0
        ? html`<p>${say('console.empty')}</p>`
        : html`<ul class="choices">
            ${studies.map(
              (study) => html`<li>
                <button type="button" @click=${() => session.open({ page: 'study', study: study.study })}>
                  ${study.title}
                  <small>${say(`study.${study.phase}`)}${study.synthetic ? `, ${say('console.synthetic')}` : ''}</small>
                  <small>${say('console.sites')}: ${study.sites.length}</small>
                </button>
              </li>`,
            )}
          </ul>`
    }
    <div class="row">
      <button type="button" class="main" ?disabled=${busy} @click=${() => session.open({ page: 'new' })}>${say('console.new')}</button>
      ${isDemoOver ? html`<button type="button" ?disabled=${busy} @click=${() => session.createDemo()}>${say('console.demo')}</button>` : nothing}
    </div>`;
}
