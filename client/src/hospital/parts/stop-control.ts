/** Stop at once. */
import { html, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { HospitalSession } from '../../session/index.ts';

export function stopControl(session: HospitalSession): TemplateResult {
  return html`<div class="row">
    <button type="button" class="stop" @click=${() => session.stop()}>${say('run.stop')}</button>
    <p class="note">${say('run.stop.note')}</p>
  </div>`;
}
