/** Another tab speaks for this hospital: say so, and offer to go on here. */
import { html, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { HospitalSession, SessionView, Step } from '../../session/index.ts';

export function elsewherePage(view: SessionView, step: Extract<Step, { step: 'elsewhere' }>, session: HospitalSession): TemplateResult {
  const { membership } = view;
  return html`<h1>${say('elsewhere.title')}</h1>
    <p role="alert">${step.lost ? say('elsewhere.lost') : say('elsewhere.lead')}</p>
    <div class="row">
      ${membership === null ? '' : html`<button type="button" class="main" @click=${() => session.resume(membership, true)}>${say('elsewhere.action')}</button>`}
      <button type="button" @click=${() => session.leaveTab()}>${say('elsewhere.leave')}</button>
    </div>`;
}
