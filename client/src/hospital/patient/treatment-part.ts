/**
 * With and without the treatment, side by side on the same hundred, and the difference with its interval. How strong a word may be used is
 * decided by how the treatment was assigned; harms stand beside benefits or are said not to have been looked at.
 */
import type { EffectMessage, EffectResult, PatientEffect } from '@consilium/shared/effects';
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable, iconArray, ofHundred } from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';
import { differenceOfHundred, outOfHundred, rangeOfHundred } from './patient-words.ts';

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
  return html`<section aria-label=${say('treatment.title')}>
    <h2>${say('treatment.title')}</h2>
    <p class="evidence">${say(`treatment.evidence.${study.evidence}`)}</p>
    <div class="charts">
      ${iconArray(say('treatment.with', { treatment, risk: outOfHundred(riskWith), outcome }), ofHundred(riskWith))}
      ${iconArray(say('treatment.without', { comparator, risk: outOfHundred(riskWithout), outcome }), ofHundred(riskWithout))}
    </div>
    <p>${say(benefit >= 0 ? 'treatment.fewer' : 'treatment.more', { treatment, difference: differenceOfHundred(benefit), low: signed(low), high: signed(high) })}</p>
    ${isUnclear ? html`<p class="calm">${say('treatment.unclear')}</p>` : nothing}
    ${forClinician && numberNeededToTreat !== null ? html`<p>${say('treatment.nnt', { count: numberNeededToTreat })}</p>` : nothing}
    ${harmsPart(study)}
    ${forClinician ? html`<ul class="reading">${study.messages.map((message) => html`<li data-code=${message.code}>${messageWords(message)}</li>`)}</ul>` : nothing}
  </section>`;
}

/** Harms beside benefits, averages over the patients of all hospitals. */
function harmsPart({ harms }: EffectResult): TemplateResult {
  const known = harms.filter(({ effect }) => effect !== null);
  if (known.length === 0) return html`<p class="calm" data-code="harms-not-estimated">${say('treatment.message.harms-not-estimated')}</p>`;
  return html`<h3>${say('treatment.harms')}</h3>
    ${dataTable(
      say('treatment.harms'),
      [
        { title: say('treatment.harm'), value: ({ name }) => name },
        { title: say('treatment.harm.with'), value: ({ effect }) => (effect === null ? '–' : outOfHundred(effect.absolute.riskWith)) },
        {
          title: say('treatment.harm.without'),
          value: ({ effect }) => (effect === null ? '–' : outOfHundred(effect.absolute.riskWithout)),
        },
        {
          title: say('treatment.harm.interval'),
          value: ({ effect }) => (effect === null ? '–' : rangeOfHundred(-effect.absolute.interval[1], -effect.absolute.interval[0])),
        },
      ],
      known,
    )}`;
}

function messageWords(message: EffectMessage): string {
  const { code } = message;
  switch (code) {
    case 'effect-refused':
      return say('treatment.message.effect-refused', { reason: message.reason });
    case 'evidence-observational':
      return say(`treatment.message.${code}`, { eValue: formatNumber(message.eValue, 2), limit: formatNumber(message.eValueLimit, 2) });
    case 'no-difference-in-relative-effect':
      return message.detectableRatio === null
        ? say('treatment.message.no-difference-unknown-power', { p: formatNumber(message.pValue, 3) })
        : say(`treatment.message.${code}`, { p: formatNumber(message.pValue, 3), ratio: formatNumber(message.detectableRatio, 2) });
    case 'difference-in-relative-effect':
      return say(`treatment.message.${code}`, { p: formatNumber(message.pValue, 3) });
    case 'harm-failed':
      return say(`treatment.message.${code}`, { harm: message.harm });
    case 'small-arms':
      return say(`treatment.message.${code}`, { count: message.sites });
    case 'unassigned':
      return say(`treatment.message.${code}`, { count: message.patients });
    case 'outside-overlap':
      return say(`treatment.message.${code}`, { share: formatNumber(100 * message.share, 1) });
    case 'research-view-refused':
      return say('treatment.message.research-view-refused', { reason: say(`treatment.research.${message.reason}`) });
    default:
      return say(`treatment.message.${code}`);
  }
}

const signed = (difference: number): string => `${difference < 0 ? '\u2212' : '+'}${Math.abs(Math.round(1000 * difference) / 10)}`;
