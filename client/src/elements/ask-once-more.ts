/** A button whose action cannot be taken back: it asks once more, in a dialog of the page. */
import { html, type TemplateResult } from 'lit';

export interface Question {
  readonly action: string;
  readonly sure: string;
  readonly yes: string;
  readonly no: string;
}

export function askOnceMore({ action, sure, yes, no }: Question, act: () => unknown): TemplateResult {
  const dialogOf = (event: Event) => (event.currentTarget as HTMLElement).closest('.asks')?.querySelector('dialog') ?? null;
  const confirm = (event: Event) => {
    dialogOf(event)?.close();
    act();
  };
  return html`<span class="asks">
    <button type="button" class="stop" @click=${(event: Event) => dialogOf(event)?.showModal()}>${action}</button>
    <dialog aria-label=${action}>
      <p>${sure}</p>
      <div class="row">
        <button type="button" class="stop" @click=${confirm}>${yes}</button>
        <button type="button" @click=${(event: Event) => dialogOf(event)?.close()}>${no}</button>
      </div>
    </dialog>
  </span>`;
}
