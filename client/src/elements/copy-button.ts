/** Copies a text and says beside the button whether that worked: browsers may forbid it. */
import { html, type TemplateResult } from 'lit';
import { say } from '../messages/index.ts';

export function copyButton(label: string, text: string): TemplateResult {
  const copy = async (event: Event) => {
    const row = (event.currentTarget as HTMLElement).parentElement;
    const note = row?.querySelector('[role=status]');
    const isCopied = await (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => true,
      () => false,
    );
    // Ready for the person's own copying.
    if (!isCopied) row?.parentElement?.querySelector('textarea')?.select();
    if (note !== null && note !== undefined) note.textContent = say(isCopied ? 'enrol.file.copied' : 'enrol.file.notCopied');
  };
  return html`<div class="row"><button type="button" @click=${copy}>${label}</button><p class="note" role="status"></p></div>`;
}
