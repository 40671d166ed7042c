/** How sure an answer is that is no risk, in words; where it comes from; how the model does at this hospital. For quantities, counts and classes. */
import type { ModelCurves } from '@consilium/shared/federation';
import type { Forecast, ForecastUncertainty, PatientValues } from '@consilium/shared/prediction';
import type { Feature } from '@consilium/shared/schema';
import { html, nothing, type TemplateResult } from 'lit';
import { reasonsChart } from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';
import { unitInWords, valueInWords } from './patient-words.ts';

export interface ValueContext {
  readonly features: readonly Feature[];
  readonly values: PatientValues;
  readonly outcome: string;
  /** In UCUM; undefined for none. */
  readonly unit: string | undefined;
  /** Of the outcome, in order; empty where it has none. */
  readonly classes: readonly { readonly label: string }[];
  /** How the model does at this hospital; null where nobody has looked. */
  readonly own: ModelCurves | null;
}

const MOST_REASONS = 10;

/** A quantity in its unit. */
export const measured = (amount: number, unit: string | undefined): string =>
  `${formatNumber(amount, 1)}${unit === undefined ? '' : ` ${unitInWords(unit)}`}`;

/** An expected number of events; small ones with two digits. */
export const counted = (amount: number): string => formatNumber(amount, amount < 1 ? 2 : 1);

/** @param told - A number of the answer in words. */
export function valueRange(uncertainty: ForecastUncertainty | null, told: (amount: number) => string): string {
  if (uncertainty === null) return say('patient.noInterval');
  const range = { low: told(uncertainty.low), high: told(uncertainty.high) };
  return uncertainty.kind === 'instability'
    ? say('value.instability', { ...range, fits: uncertainty.fits })
    : say(`value.${uncertainty.kind}`, range);
}

/** @param axis - The scale on which the model adds. @param before - What stands before the note on how the numbers were found. */
export function valueReasons(
  { kind, items }: Forecast['reasons'],
  axis: string,
  { features, values }: ValueContext,
  before = '',
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  const named = items.slice(0, MOST_REASONS).map(({ feature: name, contribution }) => {
    const feature = features.find((one) => one.name === name);
    const value = feature === undefined ? '' : valueInWords(feature, values[name] ?? Number.NaN);
    return { name: `${feature?.label ?? name}: ${value}`, contribution };
  });
  return html`<div class="charts">${reasonsChart(named, axis, `${before} ${say(`patient.reasons.${kind}`)}`.trim())}</div>`;
}

/** What was replaced by a mean, and how the model does here. @param check - The figures, where somebody has looked. */
export function valueNotes(imputed: readonly string[], check: string, { features, own }: ValueContext): TemplateResult {
  const labelOf = (name: string): string => features.find((feature) => feature.name === name)?.label ?? name;
  return html`${imputed.length === 0 ? nothing : html`<p class="calm">${say('patient.imputed', { names: imputed.map(labelOf).join(', ') })}</p>`}
    ${own === null ? html`<p class="calm" data-unchecked>${say('use.unchecked')}</p>` : html`<p class="note">${check}</p>`}`;
}
