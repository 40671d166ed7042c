/** Copies a text and says beside the button whether that worked: browsers may forbid it. */
import { html, type TemplateResult } from 'lit';
import { say } from '../messages/index.ts';

export function copyButton(label: string, text: string): TemplateResult {
  const copy = async (event: Event) => {
    const note = (event.currentTarget as HTMLElement).parentElement?.querySelector('[role=status]');
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (note !== null && note !== undefined) note.textContent = say(isCopied ? 'enrol.file.copied' : 'enrol.file.notCopied');
  };
  return html`<div class="row"><button type="button" @click=${copy}>${label}</button><p class="note" role="status"></p></div>`;
}
