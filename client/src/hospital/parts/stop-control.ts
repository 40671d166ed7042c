/** Stop at once. */
import { html, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { HospitalSession } from '../../session/index.ts';

/** @param note - What stopping means now. */
export function stopControl(session: HospitalSession, note: 'stop.note' | 'run.stop.note'): TemplateResult {
  return html`<div class="row">
    <button type="button" class="stop" @click=${() => session.stop()}>${say('run.stop')}</button>
    <p class="note">${say(note)}</p>
  </div>`;
}
