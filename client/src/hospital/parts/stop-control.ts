/** Stop at once; leave for good. */
import { html, type TemplateResult } from 'lit';
import { askOnceMore } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import type { HospitalSession } from '../../session/index.ts';

/** @param note - What stopping means now. */
export function stopControl(session: HospitalSession, note: 'stop.note' | 'run.stop.note'): TemplateResult {
  return html`<div class="row">
    <button type="button" class="stop" @click=${() => session.stop()}>${say('run.stop')}</button>
    <p class="note">${say(note)}</p>
    ${leaveControl(session)}
  </div>`;
}

export function leaveControl(session: HospitalSession): TemplateResult {
  const words = { action: say('leave.action'), sure: say('leave.sure'), yes: say('leave.yes'), no: say('leave.no') };
  return askOnceMore(words, () => session.stop('left'));
}

export function deleteControl(session: HospitalSession): TemplateResult {
  const words = { action: say('delete.action'), sure: say('delete.sure'), yes: say('delete.yes'), no: say('delete.no') };
  return askOnceMore(words, () => session.deleteTraces());
}
