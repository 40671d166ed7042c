/** The pages with little on them: looking, preparing, cannot, stopped. */
import { html, nothing, type TemplateResult } from 'lit';
import { checkList, troubleNote } from '../../elements/index.ts';
import { say, sayOr } from '../../messages/index.ts';
import type { HospitalSession, SessionView, Step } from '../../session/index.ts';
import { deleteControl, leaveControl } from '../parts/stop-control.ts';
import { nextVersionPart } from '../parts/version-part.ts';

/** What a recovery file mends. */
const NEEDS_FILE: ReadonlySet<string> = new Set([
  'certificate-missing',
  'certificate-expired',
  'device-replaced',
  'device-suspended',
  'not-on-roster',
]);

export function checkingPage(): TemplateResult {
  return html`<p role="status">${say('checking')}</p>`;
}

export function blockedPage({ checks }: SessionView): TemplateResult {
  const failed = checks.filter(({ status }) => status === 'fail');
  return html`<h1>${say('blocked.title')}</h1>
    <div class="trouble" role="alert">${failed.map(({ id }) => html`<p>${sayOr(`checks.fix.${id}`, id)}</p>`)}</div>
    ${checkList(checks)}`;
}

export function openingPage(): TemplateResult {
  return html`<h1>${say('opening.title')}</h1>
    <p role="status">${say('opening.lead')}</p>
    <progress aria-label=${say('opening.title')}></progress>`;
}

export function stoppedPage(
  view: SessionView,
  { trouble, halted }: Extract<Step, { step: 'stopped' }>,
  session: HospitalSession,
): TemplateResult {
  const { membership } = view;
  return html`<h1>${say(halted === null ? 'stopped.title' : halted === 'stopped' ? 'halted.title.stopped' : 'halted.title.left')}</h1>
    ${troubleNote(trouble)} ${nextVersionPart(view, session)}
    <div class="row">
      ${NEEDS_FILE.has(trouble.code) ? html`<button type="button" class="main" @click=${() => session.bringRecoveryFile()}>${say('recover.link')}</button>` : nothing}
      ${
        halted === 'left'
          ? nothing
          : halted === null
            ? html`<button type="button" @click=${() => location.reload()}>${say('stopped.again')}</button>`
            : html`<button type="button" @click=${() => session.takePartAgain()}>${say('halted.again')}</button>`
      }
      ${membership === null ? nothing : html`${halted === 'left' || halted === 'left-untold' ? nothing : leaveControl(session)} ${deleteControl(session)}`}
    </div>`;
}
