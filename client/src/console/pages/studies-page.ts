/** All studies; with none, how to begin. */
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView } from '../../session/index.ts';

export function studiesPage(view: ConsoleView, session: ConsoleSession): TemplateResult {
  const { studies, busy, info } = view;
  const hasDemo = info?.demo != null;
  return html`<h1>${studies.length === 0 ? say('console.empty.title') : say('console.studies')}</h1>
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
      ${hasDemo ? nothing : html`<button type="button" ?disabled=${busy} @click=${() => session.createDemo()}>${say('console.demo')}</button>`}
    </div>`;
}
