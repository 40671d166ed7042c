/**
 * With and without the treatment, side by side on the same hundred, and the difference with its interval. How strong a word may be used is
 * decided by how the treatment was assigned; harms stand beside benefits or are said not to have been looked at.
 */
import type { EffectResult, PatientEffect } from '@consilium/shared/effects';
import { html, nothing, type TemplateResult } from 'lit';
import {
  differenceOfHundred,
  effectMessagesPart,
  harmsPart,
  iconArray,
  ofHundred,
  outOfHundred,
  signedOfHundred,
} from '../../charts/index.ts';
import { say } from '../../messages/index.ts';

export interface TreatmentContext {
  readonly effect: PatientEffect;
  readonly study: EffectResult;
  readonly treatment: string;
  readonly comparator: string;
  readonly outcome: string;
}

/** @param forClinician - Numbers needed to treat are for clinicians only. */
export function treatmentPart(context: TreatmentContext, forClinician: boolean): TemplateResult {
  const { effect, treatment, comparator, outcome, study } = context;
  if (effect.kind === 'refused') {
    return html`<section><h2>${say('treatment.title')}</h2>
      <p class="calm" data-reason=${effect.reason}>${say(`treatment.refused.${effect.reason}`)}</p></section>`;
  }
  const { riskWith, riskWithout, benefit, interval, numberNeededToTreat } = effect.benefit;
  const [low, high] = interval;
  const isUnclear = low <= 0 && high >= 0;
  return html`<section aria-label=${say('treatment.title')} data-with=${riskWith} data-without=${riskWithout} data-low=${low} data-high=${high}>
    <h2>${say('treatment.title')}</h2>
    <p class="evidence">${say(`treatment.evidence.${study.evidence}`)}</p>
    <div class="charts">
      ${iconArray(say('treatment.with', { treatment, risk: outOfHundred(riskWith), outcome }), ofHundred(riskWith))}
      ${iconArray(say('treatment.without', { comparator, risk: outOfHundred(riskWithout), outcome }), ofHundred(riskWithout))}
    </div>
    <p>${say(benefit >= 0 ? 'treatment.fewer' : 'treatment.more', { treatment, difference: differenceOfHundred(benefit), low: signedOfHundred(low), high: signedOfHundred(high) })}</p>
    ${isUnclear ? html`<p class="calm">${say('treatment.unclear')}</p>` : nothing}
    ${forClinician && numberNeededToTreat !== null ? html`<p>${say('treatment.nnt', { count: numberNeededToTreat })}</p>` : nothing}
    ${harmsPart(study)}
    ${forClinician ? effectMessagesPart(study) : nothing}
  </section>`;
}
