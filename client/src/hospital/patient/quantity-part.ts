/** The answer for one patient where the outcome is measured: the number, how sure it is, how near such numbers were for patients of all hospitals. */
import type { QuantityForecast } from '@consilium/shared/prediction';
import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, say } from '../../messages/index.ts';
import { unitInWords } from './patient-words.ts';
import { measured, type ValueContext, valueNotes, valueRange, valueReasons } from './value-words.ts';

export function quantityPart(answer: QuantityForecast, context: ValueContext): TemplateResult {
  const { value, reference, uncertainty, conformal, reasons, imputed } = answer;
  const { outcome, unit, own } = context;
  const told = (amount: number): string => measured(amount, unit);
  const figures = {
    slope: formatNumber(own?.metrics.calibrationSlope ?? null, 2),
    error: told(own?.metrics.meanAbsoluteError ?? Number.NaN),
  };
  return html`<section aria-label=${say('patient.answer')} data-value=${value} data-reference=${reference}>
    <h2>${say('patient.answer')}</h2>
    <p class="risk" role="status">${say('quantity.value', { outcome, value: told(value) })}</p>
    <p>${valueRange(uncertainty, told)}</p>
    ${
      conformal === null
        ? nothing
        : html`<p>${say('quantity.conformal', { share: Math.round(100 * conformal.level), low: told(conformal.low), high: told(conformal.high) })}</p>`
    }
    <p>${say('quantity.reference', { value: told(reference) })}</p>
    ${valueReasons(reasons, say('quantity.axis', { unit: unit === undefined ? '' : `, ${unitInWords(unit)}` }), context)}
    ${valueNotes(imputed, say('quantity.own', figures), context)}
  </section>`;
}
