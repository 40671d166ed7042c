/** One field looked at closely: its values against the plausible range, its unit, its codes, and what means missing. */
import { codeKey, type Mapping } from '@consilium/shared/schema';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FieldView, PlanField, TableView } from '../../chamber/index.ts';
import { valueHistogram } from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';
import { entryOf, type Gesture, withCode, withMissing, withUnit, withUntil } from '../../session/index.ts';
import { codeLabel, fieldTitle, unitWords } from './field-words.ts';

const SHOWN_TEXTS = 30;

type Send = (gesture: Gesture) => void;

export function fieldDetails(asked: PlanField, table: TableView, field: FieldView, mapping: Mapping, send: Send): TemplateResult {
  const counts = say('data.field.counts', {
    values: formatNumber(field.values, 0),
    missing: formatNumber(field.missing, 0),
    refused: formatNumber(field.refused, 0),
  });
  return html`<p class="note">${counts}</p>
    ${unitChoice(asked, field, mapping, send)} ${untilChoice(field, table, mapping, send)} ${histogramOf(asked, field)} ${codeChoices(asked, field, mapping, send)} ${missingChoices(field, send)}`;
}

function unitChoice(asked: PlanField, field: FieldView, mapping: Mapping, send: Send): TemplateResult | typeof nothing {
  const own = asked.kind === 'number' ? asked.feature.unit : undefined;
  if (own === undefined || field.units.length < 2) return nothing;
  const isSaid = (entryOf(mapping, field)?.unit ?? null) !== null || mapping.accepted.includes(`unit:${field.name}`);
  const isDoubted = !isSaid && field.reasons.some(({ id }) => id === 'unit');
  const chosen = isDoubted ? null : (entryOf(mapping, field)?.unit ?? own);
  const choose = (event: Event) => {
    const unit = (event.target as HTMLSelectElement).value;
    if (unit !== '') send((now) => withUnit(now, field, unit === own ? null : unit));
  };
  return html`<label class="field"
    >${say('data.unit.of')}<select @change=${choose}>
      ${isDoubted ? html`<option value="" .selected=${live(true)}>${say('data.unit.none')}</option>` : nothing}
      ${field.units.map(
        ({ unit, share }) =>
          html`<option value=${unit} .selected=${live(unit === chosen)}>
            ${say('data.unit.choice', { unit: unitWords(unit), percent: formatNumber(Math.floor(100 * share), 0) })}
          </option>`,
      )}
    </select></label
  >`;
}

/** A column of dates is no number; the time from it to another date can be one, an age above all. */
function untilChoice(field: FieldView, table: TableView, mapping: Mapping, send: Send): TemplateResult | typeof nothing {
  if (field.part !== 'feature' || field.column === null || !table.dates.includes(field.column)) return nothing;
  const until = entryOf(mapping, field)?.until ?? null;
  const choose = (event: Event) => send((now) => withUntil(now, field, (event.target as HTMLSelectElement).value || null));
  return html`<label class="field"
    >${say('data.until')}<select @change=${choose}>
      <option value="" .selected=${live(until === null)}>${say('data.column.none')}</option>
      ${table.dates.filter((column) => column !== field.column).map((column) => html`<option value=${column} .selected=${live(column === until)}>${column}</option>`)}
    </select></label
  >`;
}

function histogramOf(asked: PlanField, field: FieldView): TemplateResult | typeof nothing {
  const { histogram } = field;
  if (histogram === null || asked.kind !== 'number') return nothing;
  const { feature } = asked;
  const title = say('data.histogram', { field: fieldTitle(asked) });
  const outside = { count: formatNumber(histogram.outsideAfter, 0), before: formatNumber(histogram.outsideBefore, 0) };
  return html`${valueHistogram({ ...histogram, title, unit: unitWords(feature.unit ?? ''), range: feature.range })}
    <p class="note">${histogram.after === null ? say('data.histogram.outside', { count: outside.count }) : say('data.histogram.converted', outside)}</p>`;
}

const MISSING = '\u0000missing';

/** Each text of the file, and the plan's code it is read as. */
function codeChoices(asked: PlanField, field: FieldView, mapping: Mapping, send: Send): TemplateResult | typeof nothing {
  if (asked.kind !== 'codes' || field.texts.length === 0) return nothing;
  const { codes } = asked;
  // What a person has just said is shown at once; the worker's answer follows.
  const entry = entryOf(mapping, field);
  const said = new Map((entry?.codes ?? []).map(({ from, to }) => [from, to]));
  const missing = new Set(entry?.missing ?? []);
  const shown = field.texts.slice(0, SHOWN_TEXTS).map((view) => {
    const isMissing = missing.has(codeKey(view.text));
    return { ...view, isMissing, code: isMissing ? null : (said.get(view.text) ?? view.code) };
  });
  const choose = (text: string) => (event: Event) => {
    const to = (event.target as HTMLSelectElement).value;
    send((now) => (to === MISSING ? withMissing(now, field, text, true) : withCode(now, field, text, to || null)));
  };
  return html`<fieldset class="codes">
    <legend>${say('data.codes')}</legend>
    ${shown.map(
      ({ text, count, code, isMissing }) => html`<label class=${code === null && !isMissing ? 'waits' : ''}
        ><span><code>${text}</code> <small class="quiet">${say('data.times', { count: formatNumber(count, 0) })}</small></span>
        <select @change=${choose(text)}>
          <option value="" .selected=${live(code === null && !isMissing)}>${say('data.codes.none')}</option>
          ${codes.map((option) => html`<option value=${option.code} .selected=${live(option.code === code)}>${codeLabel(asked, option.label)}</option>`)}
          ${code === null || codes.some((option) => option.code === code) ? nothing : html`<option value=${code} .selected=${live(true)}>${code}</option>`}
          <option value=${MISSING} .selected=${live(isMissing)}>${say('data.codes.missing')}</option>
        </select></label
      >`,
    )}
    ${field.textCount > shown.length ? html`<p class="note">${say('data.codes.more', { count: formatNumber(field.textCount - shown.length, 0) })}</p>` : nothing}
  </fieldset>`;
}

function missingChoices(field: FieldView, send: Send): TemplateResult | typeof nothing {
  if (field.missingCodes.length === 0) return nothing;
  return html`<div class="missing-codes" role="group" aria-label=${say('data.missing')}>
    <span>${say('data.missing')}</span>
    ${field.missingCodes.map(
      ({ text, count, accepted }) => html`<button
        type="button"
        class="chip ${accepted ? 'on' : ''}"
        aria-pressed=${accepted ? 'true' : 'false'}
        @click=${() => send((now) => withMissing(now, field, text, !accepted))}
      >
        <code>${text}</code> <small>${say('data.times', { count: formatNumber(count, 0) })}</small>
      </button>`,
    )}
  </div>`;
}
