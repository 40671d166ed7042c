/** The columns' part of the data page: one line where everything matched, else the table of fields with its tools. */
import type { Mapping } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { say } from '../../messages/index.ts';
import { type DataDesk, type DeskStage, type DeskView, filesOfField, type Gesture } from '../../session/index.ts';
import type { ColumnChoice } from './mapping-table.ts';

const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;

type Open = Extract<DeskStage, { stage: 'open' }>;

export function columnsPart(plan: Plan, view: DeskView, at: Open, desk: DataDesk): TemplateResult {
  const count = (certainty: string) => at.fields.filter((field) => field.certainty === certainty).length;
  const [open, look] = [count('open'), count('look')];
  const line =
    open > 0
      ? say(open === 1 ? 'data.columns.open.one' : 'data.columns.open', { count: open })
      : look > 0
        ? say(look === 1 ? 'data.columns.look.one' : 'data.columns.look', { count: look })
        : say('data.columns.sure', { count: at.fields.length });
  const mark = open > 0 ? 'open' : look > 0 ? 'warn' : 'pass';
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    void (event.shiftKey ? desk.redo() : desk.undo());
  };
  return html`<section class="columns" @keydown=${onKey}>
    <h2>${say('data.columns')}</h2>
    <p role="status"><span class="mark ${mark}">${line}</span>${at.usedKept ? html` <span class="quiet">${say('data.kept')}</span>` : nothing}</p>
    <details class="mapping-part" ?open=${open + look > 0 || at.mapping.past.length > 0}>
      <summary>${say('data.columns.details')}</summary>
      ${tools(view, at, desk)}
      <mapping-table
        .plan=${plan}
        .table=${at.table}
        .mapping=${at.mapping.present}
        .fields=${at.fields}
        .looking=${at.looking}
        @column=${({ detail }: CustomEvent<ColumnChoice>) => void desk.chooseColumn(detail.field, detail.column)}
        @gesture=${({ detail }: CustomEvent<Gesture>) => void desk.edit(detail)}
      ></mapping-table>
    </details>
  </section>`;
}

/** Day and month of a date cannot always be told apart by looking. */
function dateOrder(order: Mapping['dates'], desk: DataDesk): TemplateResult {
  const choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    const dates = DATE_ORDERS.find((known) => known === value) ?? null;
    void desk.edit((mapping) => ({ ...mapping, dates }));
  };
  return html`<label class="date-order"
    >${say('data.dates')}<select @change=${choose}>
      <option value="" .selected=${live(order === null)}>${say('data.dates.found')}</option>
      ${DATE_ORDERS.map((known) => html`<option value=${known} .selected=${live(known === order)}>${say(`data.dates.${known}`)}</option>`)}
    </select></label
  >`;
}

function tools(view: DeskView, at: Open, desk: DataDesk): TemplateResult {
  const { mapping } = at;
  const save = () => {
    const text = JSON.stringify(mapping.present, null, 2);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = `mapping-${mapping.present.study}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const load = async (event: Event) => {
    const field = event.target as HTMLInputElement;
    const [chosen] = filesOfField(field.files ?? []);
    if (chosen !== undefined) await desk.takeMapping(await chosen.file.text());
    field.value = '';
  };
  return html`<div class="row tools">
    <button type="button" class="small" ?disabled=${mapping.past.length === 0 || view.checking} @click=${() => desk.undo()}>${say('data.undo')}</button>
    <button type="button" class="small" ?disabled=${mapping.future.length === 0 || view.checking} @click=${() => desk.redo()}>${say('data.redo')}</button>
    <button type="button" class="small" @click=${save}>${say('data.mapping.save')}</button>
    <label class="button small">${say('data.mapping.load')}<input type="file" class="unseen" name="mapping" accept=".json,application/json" @change=${load} /></label>
    ${at.table.dates.length === 0 ? nothing : dateOrder(mapping.present.dates, desk)}
    <p class="note">${say('data.mapping.note')}</p>
  </div>`;
}
