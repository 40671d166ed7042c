/**
 * One page to print and hand over: the risk out of 100 people, with and without the treatment where the study has one, what it is not, and
 * questions to ask. Large print, no chart to read, nothing that identifies the patient.
 */
import type { Forecast, PatientValues } from '@consilium/shared/prediction';
import type { Feature } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import { html, nothing, type TemplateResult } from 'lit';
import { iconArray, ofHundred, outOfHundred, rangeOfHundred } from '../../charts/index.ts';
import { say } from '../../messages/index.ts';
import { valueInWords } from './patient-words.ts';
import { type TreatmentContext, treatmentPart } from './treatment-part.ts';

export interface SheetContext {
  /** Of the plan, or of a model's file. */
  readonly plan: Pick<Plan, 'title' | 'version' | 'synthetic'> & { readonly features: readonly Feature[] };
  readonly forecast: Forecast;
  readonly values: PatientValues;
  readonly outcome: string;
  readonly horizon: string;
  readonly treatment: TreatmentContext | null;
  /** Nobody has checked the model on patients of this hospital. */
  readonly isUnchecked?: boolean;
}

const QUESTIONS = ['meaning', 'choices', 'harms', 'change', 'unsure'] as const;

export function patientSheet({ plan, forecast, values, outcome, horizon, treatment, isUnchecked = false }: SheetContext): TemplateResult {
  const { uncertainty } = forecast;
  return html`<article class="sheet" aria-label=${say('sheet.title')}>
    <h1>${say('sheet.title')}</h1>
    <p class="banner-line">${say('sheet.research')}${plan.synthetic ? ` ${say('sheet.synthetic')}` : ''}</p>
    <p class="risk">${say('sheet.risk', { risk: outOfHundred(forecast.risk), outcome, horizon })}</p>
    ${iconArray(say('patient.icons', { risk: outOfHundred(forecast.risk), outcome }), ofHundred(forecast.risk))}
    <p>${uncertainty === null ? say('sheet.noRange') : say('sheet.range', { range: rangeOfHundred(uncertainty.low, uncertainty.high) })}</p>
    ${isUnchecked ? html`<p>${say('sheet.unchecked')}</p>` : nothing}
    <p>${say('sheet.not')}</p>
    <h2>${say('sheet.about')}</h2>
    <dl class="sheet-values">
      ${plan.features.map((feature) => html`<div><dt>${feature.label}</dt><dd>${valueInWords(feature, values[feature.name] ?? Number.NaN)}</dd></div>`)}
    </dl>
    ${changePart(plan.features)} ${treatment === null ? nothing : treatmentPart(treatment, false)}
    <h2>${say('sheet.questions')}</h2>
    <ul>
      ${QUESTIONS.map((name) => html`<li>${say(`sheet.question.${name}`)}</li>`)}
    </ul>
    <p class="note">${say('sheet.source', { title: plan.title, version: plan.version })}</p>
  </article>`;
}

/** What-if only where a trial says what a change does; a model's own coefficient is no answer to "what if". */
function changePart(features: readonly Feature[]): TemplateResult | typeof nothing {
  const modifiable = features.filter(({ modifiable }) => modifiable);
  if (modifiable.length === 0) return nothing;
  return html`<h2>${say('sheet.change')}</h2>
    <p>${say('sheet.change.none', { names: modifiable.map(({ label }) => label).join(', ') })}</p>`;
}
