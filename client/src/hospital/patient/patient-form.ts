/** The patient's values: typed, or taken over from one of the hospital's own test patients. Nothing of it leaves the browser. */
import type { PatientValues } from '@consilium/shared/prediction';
import type { Feature } from '@consilium/shared/schema';
import { html, nothing, type TemplateResult } from 'lit';
import { currentLanguage, formatNumber, say } from '../../messages/index.ts';
import { codeInWords, unitInWords } from './patient-words.ts';

export interface PatientFormOptions {
  readonly features: readonly Feature[];
  readonly values: PatientValues;
  /** 1-based data rows of the test patients. */
  readonly rows: readonly number[];
  readonly picked: number | null;
  readonly faulty: ReadonlySet<string>;
  onPick(row: number | null): void;
  onValues(values: PatientValues): void;
  onAsk(): void;
}

export function patientForm(options: PatientFormOptions): TemplateResult {
  const { features, rows, picked } = options;
  const pick = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement;
    options.onPick(value === '' ? null : Number(value));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    options.onAsk();
  };
  return html`<form @submit=${submit} novalidate>
    ${
      rows.length === 0
        ? nothing
        : html`<label class="field"
            >${say('patient.pick')}
            <select name="row" @change=${pick}>
              <option value="" ?selected=${picked === null}>${say('patient.pick.none')}</option>
              ${rows.map((row) => html`<option value=${row} ?selected=${row === picked}>${say('patient.pick.row', { row })}</option>`)}
            </select>
            <small>${say('patient.pick.hint')}</small></label
          >`
    }
    <div class="patient-fields">${features.map((feature) => fieldOf(feature, options))}</div>
    <button class="main">${say('patient.ask')}</button>
  </form>`;
}

function fieldOf(feature: Feature, { values, faulty, onValues }: PatientFormOptions): TemplateResult {
  const value = values[feature.name] ?? Number.NaN;
  const set = (next: number) => onValues({ ...values, [feature.name]: next });
  const isFaulty = faulty.has(feature.name);
  const hint = `hint-${feature.name}`;
  return html`<label class="field ${isFaulty ? 'faulty' : ''}"
    >${feature.label}${feature.type === 'number' && feature.unit !== undefined ? `, ${unitInWords(feature.unit)}` : ''}
    ${
      feature.type === 'number'
        ? html`<input
              name=${feature.name}
              inputmode="decimal"
              autocomplete="off"
              aria-describedby=${hint}
              aria-invalid=${isFaulty ? 'true' : 'false'}
              .value=${textOf(value)}
              @change=${(event: Event) => set(numberOf((event.currentTarget as HTMLInputElement).value))}
            /><small id=${hint}
              >${say('patient.field.range', { low: formatNumber(feature.range[0], digitsOf(feature.range[0])), high: formatNumber(feature.range[1], digitsOf(feature.range[1])) })}${feature.required ? `, ${say('patient.field.required')}` : ''}</small
            >`
        : html`<select
            name=${feature.name}
            aria-invalid=${isFaulty ? 'true' : 'false'}
            @change=${(event: Event) => set(codeOf((event.currentTarget as HTMLSelectElement).value))}
          >
            <option value="" ?selected=${Number.isNaN(value)}>${say('patient.unknown')}</option>
            ${feature.codes.map((code, at) => html`<option value=${at} ?selected=${at === value}>${codeInWords(code)}</option>`)}
          </select>`
    }
  </label>`;
}

const digitsOf = (value: number): number => (Number.isInteger(value) ? 0 : 1);
const codeOf = (text: string): number => (text === '' ? Number.NaN : Number(text));

/** A number as a person of this language would type it. */
const textOf = (value: number): string =>
  Number.isNaN(value) ? '' : currentLanguage() === 'de' ? String(value).replace('.', ',') : String(value);

/** A decimal comma counts as a point; what is no number is infinite, so that it is refused as out of range and not taken as unknown. */
export function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return Number.NaN;
  const value = Number(plain);
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}
