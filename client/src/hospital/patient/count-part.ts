/** The answer for one patient where the outcome is a number of events: how many such patients have on average, how sure that is, where it comes from. */
import type { CountForecast } from '@consilium/shared/prediction';
import { html, type TemplateResult } from 'lit';
import { formatNumber, say } from '../../messages/index.ts';
import { counted, type ValueContext, valueNotes, valueRange, valueReasons } from './value-words.ts';

export function countPart({ value, reference, uncertainty, reasons, imputed }: CountForecast, context: ValueContext): TemplateResult {
  const { outcome, own } = context;
  const figures = {
    slope: formatNumber(own?.metrics.calibrationSlope ?? null, 2),
    ratio: formatNumber(own?.metrics.observedExpected ?? null, 2),
  };
  return html`<section aria-label=${say('patient.answer')} data-value=${value} data-reference=${reference}>
    <h2>${say('patient.answer')}</h2>
    <p class="risk" role="status">${say('count.value', { outcome, value: counted(value), hundred: formatNumber(100 * value, 0) })}</p>
    <p>${valueRange(uncertainty, counted)}</p>
    <p>${say('count.reference', { value: counted(reference) })}</p>
    ${valueReasons(reasons, say('count.axis'), context)} ${valueNotes(imputed, say('patient.ownCalibration', figures), context)}
  </section>`;
}
