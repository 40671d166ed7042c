/** The answer for one patient where the outcome is measured: the number, how near such numbers were for patients of all hospitals, a comparison. */
import type { QuantityForecast } from '@consilium/shared/prediction';
import type { Feature } from '@consilium/shared/schema';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say } from '../../messages/index.ts';
import { unitInWords } from './patient-words.ts';

/** @param outcome - Its name and, where it has one, its unit in UCUM. */
export function quantityPart(
  { value, reference, conformal, imputed }: QuantityForecast,
  outcome: { readonly name: string; readonly unit: string | undefined },
  features: readonly Feature[],
): TemplateResult {
  const unit = outcome.unit === undefined ? '' : ` ${unitInWords(outcome.unit)}`;
  const measured = (amount: number): string => `${formatNumber(amount, 1)}${unit}`;
  const labelOf = (name: string): string => features.find((feature) => feature.name === name)?.label ?? name;
  return html`<section aria-label=${say('patient.answer')} data-value=${value}>
    <h2>${say('patient.answer')}</h2>
    <p class="risk" role="status">${say('quantity.value', { outcome: outcome.name, value: measured(value) })}</p>
    ${
      conformal === null
        ? html`<p>${say('patient.noInterval')}</p>`
        : html`<p>${say('quantity.conformal', { share: Math.round(100 * conformal.level), low: measured(conformal.low), high: measured(conformal.high) })}</p>`
    }
    <p>${say('quantity.reference', { value: measured(reference) })}</p>
    ${imputed.length === 0 ? nothing : html`<p class="calm">${say('patient.imputed', { names: imputed.map(labelOf).join(', ') })}</p>`}
  </section>`;
}
