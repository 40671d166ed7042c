/** One file, chosen by pointer or keyboard or dropped. The field is the browser's own, so it works as people and screen readers know it. */
import { html, nothing, type TemplateResult } from 'lit';

export interface FileFieldOptions {
  readonly name: string;
  readonly words: string;
  readonly hint: string;
  readonly accept: string;
  readonly isMain: boolean;
  readonly isBusy: boolean;
  take(file: File): void;
}

export function fileField({ name, words, hint, accept, isMain, isBusy, take }: FileFieldOptions): TemplateResult {
  const over = (event: DragEvent) => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).classList.toggle('over', event.type === 'dragover');
  };
  const drop = (event: DragEvent) => {
    over(event);
    const file = event.dataTransfer?.files[0];
    if (file !== undefined && !isBusy) take(file);
  };
  const choose = (event: Event) => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0];
    if (file !== undefined) take(file);
  };
  // Choosing the same name again, after the file was mended, is a new choice.
  const forget = (event: Event) => {
    (event.currentTarget as HTMLInputElement).value = '';
  };
  return html`<div class="row drop ${isMain ? '' : 'opened'}" @drop=${drop} @dragover=${over} @dragleave=${over}>
    <label class="button ${isMain ? 'main' : ''} ${isBusy ? 'off' : ''}"
      >${words}<input type="file" class="unseen" name=${name} accept=${accept} ?disabled=${isBusy} @click=${forget} @change=${choose}
    /></label>
    ${hint === '' ? nothing : html`<span class="quiet">${hint}</span>`}
  </div>`;
}
