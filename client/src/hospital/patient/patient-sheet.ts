/**
 * One page to print and hand over: what the study says of people like this one, with and without the treatment where the study has one, what it is not, and
 * questions to ask. Large print, no chart to read, nothing that identifies the patient.
 */
import { type PatientValues, type WhatIf, whatIfs } from '@consilium/shared/prediction';
import type { Feature } from '@consilium/shared/schema';
import type { Plan } from '@consilium/shared/study';
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../../messages/index.ts';
import { valueInWords } from './patient-words.ts';
import { type LeadContext, notAPromise, type SheetForecast, sheetLead } from './sheet-lead.ts';
import { type TreatmentContext, treatmentPart } from './treatment-part.ts';
import { whatIfPart } from './what-if-part.ts';

export interface SheetContext extends LeadContext {
  /** Of the plan, or of a model's file. */
  readonly plan: Pick<Plan, 'title' | 'version' | 'synthetic'> & { readonly features: readonly Feature[] };
  readonly forecast: SheetForecast;
  readonly values: PatientValues;
  readonly treatment: TreatmentContext | null;
  /** Nobody has checked the model on patients of this hospital. */
  readonly isUnchecked?: boolean;
}

const QUESTIONS = ['meaning', 'choices', 'harms', 'change', 'unsure'] as const;

export function patientSheet({ plan, forecast, values, treatment, isUnchecked = false, ...words }: SheetContext): TemplateResult {
  const risk = forecast.kind === 'shown' ? forecast.risk : Number.NaN;
  const changes = forecast.kind === 'shown' ? whatIfs(plan.features, values, risk) : [];
  return html`<article class="sheet" aria-label=${say('sheet.title')}>
    <h1>${say('sheet.title')}</h1>
    <p class="banner-line">${say('sheet.research')}${plan.synthetic ? ` ${say('sheet.synthetic')}` : ''}</p>
    ${sheetLead(forecast, words)}
    ${isUnchecked ? html`<p>${say('sheet.unchecked')}</p>` : nothing}
    <p>${notAPromise(forecast)}</p>
    <h2>${say('sheet.about')}</h2>
    <dl class="sheet-values">
      ${plan.features.map((feature) => html`<div><dt>${feature.label}</dt><dd>${valueInWords(feature, values[feature.name] ?? Number.NaN)}</dd></div>`)}
    </dl>
    ${changePart(plan.features, changes)} ${whatIfPart(changes, { ...words, features: plan.features, risk }, false)}
    ${treatment === null ? nothing : treatmentPart(treatment, false)}
    <h2>${say('sheet.questions')}</h2>
    <ul>
      ${QUESTIONS.map((name) => html`<li>${say(`sheet.question.${name}`)}</li>`)}
    </ul>
    <p class="note">${say('sheet.source', { title: plan.title, version: plan.version })}</p>
  </article>`;
}

/** What-if only where a trial says what a change does; a model's own coefficient is no answer to "what if". */
function changePart(features: readonly Feature[], told: readonly WhatIf[]): TemplateResult | typeof nothing {
  const modifiable = features.filter(({ modifiable, name }) => modifiable && !told.some(({ feature }) => feature === name));
  if (modifiable.length === 0) return nothing;
  return html`<h2>${say('sheet.change')}</h2>
    <p>${say('sheet.change.none', { names: modifiable.map(({ label }) => label).join(', ') })}</p>`;
}
