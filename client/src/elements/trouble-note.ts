/** An error in plain words: what happened, whether anything left, what to do. Announced when it appears. */
import { html, nothing } from 'lit';
import { explain } from '../messages/index.ts';

interface Trouble {
  readonly code: string;
  readonly text: string;
}

/** Something went wrong. */
export function troubleNote(trouble: Trouble | null) {
  if (trouble === null) return nothing;
  const { what, left, next } = explain(trouble.code, trouble.text);
  return html`<div class="trouble" role="alert" data-code=${trouble.code}>
    <p><strong>${what}</strong></p>
    <p>${left} ${next}</p>
  </div>`;
}

/** Something went wrong at the console, which never holds patient rows: no word of what left. */
export function consoleTroubleNote(trouble: Trouble | null) {
  if (trouble === null) return nothing;
  const { what, next } = explain(trouble.code, trouble.text);
  return html`<div class="trouble" role="alert" data-code=${trouble.code}>
    <p><strong>${what}</strong></p>
    <p>${next}</p>
  </div>`;
}

/** Why a study pauses: ordinary, so it is said calmly. */
export function pauseNote(reason: string | null) {
  if (reason === null) return nothing;
  const { what, next } = explain(reason, '');
  return html`<p class="calm" role="status" data-code=${reason}><strong>${what}</strong> ${next}</p>`;
}
