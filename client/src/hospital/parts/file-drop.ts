/**
 * Where a person gives the hospital's files: dropped, or chosen by pointer or keyboard. Sends `files` upwards once all that is
 * asked for is there. The fields are the browser's own, so they work as people and screen readers know them.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { LightElement } from '../../elements/index.ts';
import { say } from '../../messages/index.ts';
import { type ChosenFile, filesOfDrop, filesOfField } from '../../session/index.ts';

export interface GivenFiles {
  readonly chosen: readonly ChosenFile[];
  readonly split: ChosenFile | null;
  readonly exclusions: ChosenFile | null;
}

const ACCEPTED = '.csv,.tsv,.tab,.txt,.xlsx,.xlsm,.parquet,.json,.ndjson,.jsonl,text/csv';

export class FileDrop extends LightElement {
  static override properties = {
    summary: { attribute: false },
    splitName: { attribute: false },
    wantsExclusions: { attribute: false },
    disabled: { attribute: false },
  };

  /** What was read, in a line; null while nothing is. */
  declare summary: TemplateResult | null;
  /** Name of the split file the plan asks for, or null. */
  declare splitName: string | null;
  declare wantsExclusions: boolean;
  declare disabled: boolean;

  #chosen: readonly ChosenFile[] = [];
  #split: ChosenFile | null = null;
  #exclusions: ChosenFile | null = null;

  constructor() {
    super();
    this.summary = null;
    this.splitName = null;
    this.wantsExclusions = false;
    this.disabled = false;
  }

  override render(): TemplateResult {
    const asksMore = this.splitName !== null || this.wantsExclusions;
    return html`<form class="drop ${this.summary === null ? '' : 'opened'}" @submit=${this.#submit} @drop=${this.#drop} @dragover=${over} @dragleave=${over}>
      ${this.summary ?? html`<p class="drop-title">${say('data.drop')}</p>`}
      <div class="row">
        ${this.#field('csv', say(this.summary === null ? 'data.choose' : 'data.choose.other'), this.summary === null, true)}
        ${this.#field('folder', say('data.choose.folder'), false, true)}
        ${asksMore ? names(this.#chosen) : nothing}
      </div>
      ${
        this.splitName === null
          ? nothing
          : html`<div class="row">${this.#field('split', say('data.split', { file: this.splitName }), false, false)} ${names(this.#split === null ? [] : [this.#split])}</div>`
      }
      ${
        this.wantsExclusions
          ? html`<div class="row">${this.#field('exclusions', say('data.exclusions.again'), false, false)} ${names(this.#exclusions === null ? [] : [this.#exclusions])}</div>`
          : nothing
      }
      ${asksMore ? html`<button class="main" ?disabled=${this.disabled || !this.#isWhole()}>${say('data.read')}</button>` : nothing}
      ${this.summary === null ? html`<p class="note">${say('data.formats')}</p>` : nothing}
    </form>`;
  }

  #field(name: 'csv' | 'folder' | 'split' | 'exclusions', label: string, isMain: boolean, isMany: boolean): TemplateResult {
    return html`<label class="button ${isMain ? 'main' : ''} ${this.disabled ? 'off' : ''}">${label}<input
        type="file"
        class="unseen"
        name=${name}
        accept=${name === 'folder' ? nothing : ACCEPTED}
        ?multiple=${isMany}
        ?webkitdirectory=${name === 'folder'}
        ?disabled=${this.disabled}
        @click=${forget}
        @change=${(event: Event) => this.#take(name, filesOfField((event.target as HTMLInputElement).files ?? []))}
    /></label>`;
  }

  #take(name: string, files: readonly ChosenFile[]): void {
    if (files.length === 0) return;
    if (name === 'split') this.#split = files[0] ?? null;
    else if (name === 'exclusions') this.#exclusions = files[0] ?? null;
    else {
      this.#split = files.find((file) => files.length > 1 && file.name === this.splitName) ?? this.#split;
      this.#chosen = files.filter((file) => file !== this.#split);
    }
    this.requestUpdate();
    if (this.splitName === null && !this.wantsExclusions) this.#give();
  }

  #isWhole(): boolean {
    return this.#chosen.length > 0 && (this.splitName === null || this.#split !== null);
  }

  #give(): void {
    if (!this.#isWhole()) return;
    this.send<GivenFiles>('files', { chosen: this.#chosen, split: this.#split, exclusions: this.#exclusions });
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#give();
  };

  readonly #drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).classList.remove('over');
    if (this.disabled || event.dataTransfer === null) return;
    this.#take('csv', await filesOfDrop(event.dataTransfer));
  };
}

function names(files: readonly ChosenFile[]): TemplateResult {
  const [first] = files;
  if (first === undefined) return html`<span class="quiet">${say('data.none-chosen')}</span>`;
  return html`<span>${files.length === 1 ? first.name : say('data.files', { count: files.length })}</span>`;
}

/** Choosing the same name again, after the file was mended, is a new choice. */
function forget(event: Event): void {
  (event.currentTarget as HTMLInputElement).value = '';
}

function over(event: DragEvent): void {
  event.preventDefault();
  (event.currentTarget as HTMLElement).classList.toggle('over', event.type === 'dragover');
}
