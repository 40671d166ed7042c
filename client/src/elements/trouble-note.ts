/** An error in plain words: what happened, whether anything left, what to do. Announced when it appears. */
import { html, nothing } from 'lit';
import { explain } from '../messages/index.ts';

export function troubleNote(trouble: { readonly code: string; readonly text: string } | null) {
  if (trouble === null) return nothing;
  const { what, left, next } = explain(trouble.code, trouble.text);
  return html`<div class="trouble" role="alert" data-code=${trouble.code}>
    <p><strong>${what}</strong></p>
    <p>${left} ${next}</p>
  </div>`;
}
