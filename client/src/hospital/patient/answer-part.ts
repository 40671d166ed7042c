/** The answer for one patient: the risk in words and as a picture, how sure it is, where it comes from; or why there is none. */
import type { ModelCurves } from '@consilium/shared/federation';
import { type Forecast, type ForecastRefusal, type ForecastUncertainty, type PatientValues, whatIfs } from '@consilium/shared/prediction';
import type { Feature } from '@consilium/shared/schema';
import { html, nothing, type TemplateResult } from 'lit';
import {
  calibrationChart,
  iconArray,
  modelTitle,
  ofHundred,
  outOfHundred,
  rangeOfHundred,
  reasonsChart,
  riskCurve,
} from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';
import { unitInWords, valueInWords } from './patient-words.ts';
import { whatIfPart } from './what-if-part.ts';

export interface AnswerContext {
  readonly features: readonly Feature[];
  readonly values: PatientValues;
  readonly outcome: string;
  /** `within 365 days`, or empty. */
  readonly horizon: string;
  readonly timeUnit: string;
  /** How the model does at this hospital; null where nobody has looked. */
  readonly own: ModelCurves | null;
  /** Which model it is. */
  readonly ownModel: 'federated' | 'personal';
}

const MOST_REASONS = 10;

export function answerPart(forecast: Forecast, context: AnswerContext): TemplateResult {
  const { features, values, outcome, horizon, own } = context;
  const labelOf = (name: string): string => features.find((feature) => feature.name === name)?.label ?? name;
  const reasons = forecast.reasons.items.slice(0, MOST_REASONS).map(({ feature, contribution }) => ({
    name: `${labelOf(feature)}: ${wordsOf(features, values, feature)}`,
    contribution,
  }));
  return html`<section
    aria-label=${say('patient.answer')}
    data-risk=${forecast.risk}
    data-reference=${forecast.reference}
    data-curve=${forecast.curve === null ? nothing : forecast.curve.map(({ time, risk }) => `${time}:${risk}`).join(' ')}
  >
    <h2>${say('patient.answer')}</h2>
    <p class="risk" role="status">${say('patient.risk', { risk: outOfHundred(forecast.risk), outcome, horizon })}</p>
    ${forecast.shared === null ? nothing : html`<p>${say('patient.adapted', { risk: outOfHundred(forecast.shared) })}</p>`}
    ${forecast.uncertainty === null ? html`<p>${say('patient.noInterval')}</p>` : html`<p>${uncertaintyWords(forecast.uncertainty)}</p>`}
    <p>${say('patient.reference', { risk: outOfHundred(forecast.reference) })}</p>
    ${forecast.imputed.length === 0 ? nothing : html`<p class="calm">${say('patient.imputed', { names: forecast.imputed.map(labelOf).join(', ') })}</p>`}
    <div class="charts">
      ${iconArray(say('patient.icons', { risk: outOfHundred(forecast.risk), outcome }), ofHundred(forecast.risk))}
      ${forecast.curve === null ? nothing : riskCurve(forecast.curve, unitInWords(context.timeUnit))}
      ${reasons.length === 0 ? nothing : reasonsChart(reasons, reasonsAxis(forecast), say(`patient.reasons.${forecast.reasons.kind}`))}
      ${own === null || own.calibration.length === 0 ? nothing : calibrationChart([{ id: context.ownModel, title: modelTitle(context.ownModel), groups: own.calibration }])}
    </div>
    ${
      own === null
        ? html`<p class="calm" data-unchecked>${say('use.unchecked')}</p>`
        : html`<p class="note">${say('patient.ownCalibration', { slope: formatNumber(own.metrics.calibrationSlope, 2), ratio: formatNumber(own.metrics.observedExpected, 2) })}</p>`
    }
  </section>
  ${whatIfPart(whatIfs(features, values, forecast.risk), { features, risk: forecast.risk, outcome, horizon }, true)}`;
}

/** A hazard adds on the log odds of every interval; everything else is told on those of the whole risk. */
const reasonsAxis = ({ curve, reasons }: Forecast): string =>
  say(curve !== null && reasons.kind === 'exact' ? 'patient.reasons.x.hazard' : 'patient.reasons.x');

export function refusalPart(refusals: readonly ForecastRefusal[], features: readonly Feature[]): TemplateResult {
  return html`<div class="trouble" role="alert" data-code="no-forecast">
    <p><strong>${say('patient.refused')}</strong></p>
    <ul>
      ${refusals.map((refusal) => html`<li data-reason=${refusal.reason}>${refusalWords(refusal, features)}</li>`)}
    </ul>
  </div>`;
}

function refusalWords(refusal: ForecastRefusal, features: readonly Feature[]): string {
  const feature = 'feature' in refusal ? features.find(({ name }) => name === refusal.feature) : undefined;
  const name = feature?.label ?? '';
  switch (refusal.reason) {
    case 'out-of-range': {
      const [low, high] = refusal.range;
      return say('patient.refused.range', { name, low, high, unit: feature?.unit === undefined ? '' : unitInWords(feature.unit) });
    }
    case 'unknown-code':
      return say('patient.refused.code', { name });
    case 'missing':
      return say('patient.refused.missing', { name });
    case 'site-not-checked':
      return say('patient.refused.site', { events: refusal.events, nonEvents: refusal.nonEvents, needed: refusal.needed });
    case 'few-of-a-class':
      return say('patient.refused.class', { patients: refusal.patients, needed: refusal.needed });
    case 'few-test-patients':
      return say('patient.refused.few', { patients: refusal.patients, needed: refusal.needed });
    case 'no-model':
      return say('patient.refused.model');
  }
}

function uncertaintyWords(uncertainty: ForecastUncertainty): string {
  const range = rangeOfHundred(uncertainty.low, uncertainty.high);
  if (uncertainty.kind === 'instability') return say('patient.instability', { range, fits: uncertainty.fits });
  return say(uncertainty.kind === 'interval' ? 'patient.interval' : 'patient.spread', { range });
}

function wordsOf(features: readonly Feature[], values: PatientValues, name: string): string {
  const feature = features.find((one) => one.name === name);
  return feature === undefined ? '' : valueInWords(feature, values[name] ?? Number.NaN);
}
