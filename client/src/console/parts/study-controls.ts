/** Start, pause, resume, stop: only what the study's phase allows; stopping asks once more. */
import type { StudyView } from '@consilium/shared/federation';
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import type { ConsoleSession, ConsoleView, StudyAction } from '../../session/index.ts';

const ALLOWED: { readonly [Phase in StudyView['phase']]: readonly StudyAction[] } = {
  gathering: ['start', 'stop'],
  signing: ['stop'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
  stopped: [],
  finished: [],
};

export function studyControls({ busy }: ConsoleView, study: StudyView, session: ConsoleSession): TemplateResult | typeof nothing {
  const allowed = ALLOWED[study.phase];
  if (allowed.length === 0) return nothing;
  const press = (action: StudyAction) => (event: Event) => {
    if (action === 'stop') dialogBeside(event)?.showModal();
    else void session.act(study.study, action);
  };
  const stop = (event: Event) => {
    dialogAround(event)?.close();
    void session.act(study.study, 'stop');
  };
  return html`<div class="row">
    ${allowed.map(
      (
        action,
      ) => html`<button type="button" class=${action === 'stop' ? 'stop' : action === 'pause' ? '' : 'main'} ?disabled=${busy} @click=${press(action)}>
        ${say(`console.${action}`)}
      </button>`,
    )}
    <dialog>
      <p>${say('console.stop.sure')}</p>
      <div class="row">
        <button type="button" class="stop" @click=${stop}>${say('console.stop.yes')}</button>
        <button type="button" @click=${(event: Event) => dialogAround(event)?.close()}>${say('console.stop.no')}</button>
      </div>
    </dialog>
  </div>`;
}

function dialogAround(event: Event): HTMLDialogElement | null {
  return (event.currentTarget as HTMLElement).closest('dialog');
}

function dialogBeside(event: Event): HTMLDialogElement | null {
  return (event.currentTarget as HTMLElement).parentElement?.querySelector('dialog') ?? null;
}
