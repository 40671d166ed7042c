/**
 * Which column answers which field of the plan: one row a field, those that wait for a person first. A column is changed by its
 * list or by dragging a column's name onto the row. Sends `column` and `gesture` upwards; each can be undone.
 */
import type { Mapping } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type FieldView, type PlanField, planFields, type TableView } from '../../chamber/index.ts';
import { LightElement } from '../../elements/index.ts';
import { say, sayOr } from '../../messages/index.ts';
import { columnOf, type Field, type Gesture, isLeftOut, notCollected } from '../../session/index.ts';
import { fieldDetails } from './field-details.ts';
import { fieldTitle, unitWords, valuesOf } from './field-words.ts';
import { identifierWords } from './table-preview.ts';

const MARKS = { sure: 'pass', look: 'warn', open: 'open' } as const;
const RANK = { open: 0, look: 1, sure: 2 } as const;
const LEFT_OUT = '\u0000left-out';

/** A column chosen for a field, or taken from it. */
export interface ColumnChoice {
  readonly field: Field;
  readonly column: string | null;
}

export class MappingTable extends LightElement {
  static override properties = {
    plan: { attribute: false },
    table: { attribute: false },
    mapping: { attribute: false },
    fields: { attribute: false },
    looking: { attribute: false },
    over: { state: true },
  };

  declare plan: Plan;
  declare table: TableView;
  declare mapping: Mapping;
  declare fields: readonly FieldView[];
  declare looking: readonly string[];
  /** The row a column is being dragged over. */
  declare over: string | null;

  /** Names of the fields in the order of the first look: rows stay where they are while a person works on them. */
  #order: readonly string[] = [];
  #fields: readonly PlanField[] = [];
  #orderedFor: TableView | null = null;
  #opened = new Set<string>();

  constructor() {
    super();
    this.over = null;
  }

  override willUpdate(_changed: PropertyValues): void {
    if (this.#orderedFor === this.table) return;
    this.#orderedFor = this.table;
    this.#fields = planFields(this.plan);
    this.#order = this.fields
      .map(({ name, certainty }, index) => ({ name, rank: RANK[certainty], index }))
      .sort((a, b) => a.rank - b.rank || a.index - b.index)
      .map(({ name }) => name);
    this.#opened = new Set(this.fields.filter(({ certainty }) => certainty !== 'sure').map(({ name }) => name));
  }

  override render(): TemplateResult {
    const byName = new Map(this.fields.map((field) => [field.name, field]));
    const ordered = this.#order.map((name) => byName.get(name)).filter((field) => field !== undefined);
    return html`${this.#unused()}
      <ul class="mapping">
        ${ordered.map((field) => this.#row(field))}
      </ul>`;
  }

  /** Names of columns to drag; identifiers stand there, greyed, and cannot be taken. */
  #unused(): TemplateResult | typeof nothing {
    const used = new Set(this.fields.map((field) => columnOf(this.mapping, field)));
    const identifiers = new Map(this.table.identifiers.map(({ column, kind }) => [column, kind]));
    const free = this.table.columns.filter((column) => !used.has(column));
    if (free.length === 0) return nothing;
    return html`<div class="unused">
      <h3 id="unused">${say('data.unused')}</h3>
      <ul class="chips" aria-labelledby="unused">
        ${free.map((column) =>
          identifiers.has(column)
            ? html`<li class="chip withheld">${column} <small>${identifierWords(identifiers.get(column) ?? '')}</small></li>`
            : html`<li class="chip" draggable="true" @dragstart=${(event: DragEvent) => event.dataTransfer?.setData('text/plain', column)}>${column}</li>`,
        )}
      </ul>
    </div>`;
  }

  #row(field: FieldView): TemplateResult {
    const isLooking = this.looking.includes(field.name);
    const asked = this.#asked(field);
    if (asked === undefined) return html``;
    const title = fieldTitle(asked);
    const mark = isLooking ? 'wait' : MARKS[field.certainty];
    const toggle = (event: Event) => {
      if ((event.currentTarget as HTMLDetailsElement).open) this.#opened.add(field.name);
      else this.#opened.delete(field.name);
      this.requestUpdate();
    };
    return html`<li
      class="map-row ${this.over === field.name ? 'over' : ''}"
      data-field=${field.name}
      data-certainty=${field.certainty}
      data-column=${field.column ?? ''}
      @dragover=${(event: DragEvent) => this.#hover(event, field.name)}
      @dragleave=${() => this.#hover(null, field.name)}
      @drop=${(event: DragEvent) => this.#drop(event, field)}
    >
      <div class="map-head">
        <p class="map-name"><strong>${title}</strong><small class="quiet">${valuesOf(asked)}</small></p>
        <label class="map-column"><span class="unseen">${say('data.column.for', { field: title })}</span>${this.#columns(field)}</label>
        <p class="map-state"><span class="mark ${mark}">${say(`data.certainty.${isLooking ? 'wait' : field.certainty}`)}</span></p>
      </div>
      <p class="map-why note">${field.reasons.map(({ id, text }) => reasonWords(id, text)).join('; ')}</p>
      ${
        field.column === null || asked.kind === 'text'
          ? nothing
          : html`<details class="map-details" ?open=${this.#opened.has(field.name)} @toggle=${toggle}>
              <summary>${say('data.field.details')}<span class="unseen"> ${title}</span></summary>
              ${this.#opened.has(field.name) ? fieldDetails(asked, this.table, field, this.mapping, (gesture) => this.send<Gesture>('gesture', gesture)) : nothing}
            </details>`
      }
    </li>`;
  }

  #asked({ part, name }: FieldView): PlanField | undefined {
    return this.#fields.find((field) => field.part === part && field.name === name);
  }

  #columns(field: FieldView): TemplateResult {
    const chosen = columnOf(this.mapping, field);
    const leftOut = isLeftOut(this.mapping, field);
    const identifiers = new Map(this.table.identifiers.map(({ column, kind }) => [column, kind]));
    const taken = new Map(this.fields.filter(({ name }) => name !== field.name).map((other) => [columnOf(this.mapping, other), other]));
    // A birth date is read only as the beginning of a time, to an age.
    const isShut = (column: string) => field.part !== 'patient' && (identifiers.get(column) ?? 'birth-date') !== 'birth-date';
    const option = (column: string) => {
      const other = taken.get(column);
      const owner = other === undefined ? undefined : this.#asked(other);
      const note = owner === undefined ? '' : ` (${fieldTitle(owner)})`;
      return html`<option value=${column} .selected=${live(column === chosen)} ?disabled=${isShut(column)}>${column}${note}</option>`;
    };
    const free = this.table.columns.filter((column) => !taken.has(column));
    const used = this.table.columns.filter((column) => taken.has(column));
    return html`<select @change=${(event: Event) => this.#choose(field, (event.target as HTMLSelectElement).value)}>
      <option value="" .selected=${live(chosen === null && !leftOut)}>${say('data.column.none')}</option>
      ${field.part === 'feature' ? html`<option value=${LEFT_OUT} .selected=${live(leftOut)}>${say('data.not-collected')}</option>` : nothing}
      <optgroup label=${say('data.column.free')}>${free.map(option)}</optgroup>
      ${used.length === 0 ? nothing : html`<optgroup label=${say('data.column.used')}>${used.map(option)}</optgroup>`}
    </select>`;
  }

  #choose(field: FieldView, value: string): void {
    this.#opened.add(field.name);
    if (value === LEFT_OUT) this.send<Gesture>('gesture', (mapping) => notCollected(mapping, field));
    else this.send<ColumnChoice>('column', { field, column: value === '' ? null : value });
  }

  #hover(event: DragEvent | null, name: string): void {
    if (event !== null) event.preventDefault();
    this.over = event === null ? null : name;
  }

  #drop(event: DragEvent, field: FieldView): void {
    event.preventDefault();
    event.stopPropagation();
    this.over = null;
    const column = event.dataTransfer?.getData('text/plain') ?? '';
    const isIdentifier = this.table.identifiers.some((entry) => entry.column === column);
    if (this.table.columns.includes(column) && !isIdentifier) this.#choose(field, column);
  }
}

/** The page's words for a reason; `{text}` is its place. */
function reasonWords(id: string, text: string): string {
  return sayOr(`data.why.${id}`, text).replace('{text}', id === 'unit' ? unitWords(text) : text);
}
