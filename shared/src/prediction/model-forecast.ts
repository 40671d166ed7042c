/**
 * What a released model's file says of one patient, in the form of the clinician's page; or why nothing is told. The file alone is asked: nothing of a
 * study or of a hospital's rows. Classes and quantities are told as they are.
 */
import { answerRange, answerValues, designRow, headlineValue, type ReleasedModel } from '../export/index.ts';
import type { PatientValues } from '../federation/index.ts';
import type { Forecast, ForecastAnswer, ForecastReason, ForecastRefusal, ForecastUncertainty } from './forecast.ts';
import { integratedGradients } from './integrated-gradients.ts';
import { valueRefusal } from './refusals.ts';

export type ModelForecast =
  | ForecastAnswer
  /** In the order of `answerNames`. */
  | { readonly kind: 'values'; readonly values: readonly number[]; readonly imputed: readonly string[] };

export function modelForecast(model: ReleasedModel, values: PatientValues): ModelForecast {
  const used = new Set(model.columns.map(({ feature }) => feature));
  const refusals = model.features.flatMap((feature): ForecastRefusal[] => {
    const isNeeded = feature.required || (model.needsEveryValue && used.has(feature.name));
    return valueRefusal(feature, values[feature.name] ?? Number.NaN, isNeeded);
  });
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const design = designRow(model, (feature) => values[feature] ?? Number.NaN);
  const told = answerValues(model, design);
  if (!told.every(Number.isFinite)) return { kind: 'refused', refusals: [{ reason: 'no-model' }] };
  const imputed = model.features.flatMap(({ name }) => (used.has(name) && Number.isNaN(values[name] ?? Number.NaN) ? [name] : []));
  const { answer } = model;
  if (answer.kind === 'classes' || answer.kind === 'quantity') return { kind: 'values', values: told, imputed };
  const average = designRow(model, () => Number.NaN);
  return {
    kind: 'shown',
    risk: headlineValue(model, told),
    shared: null,
    uncertainty: uncertaintyOf(model, design),
    reference: headlineValue(model, answerValues(model, average)),
    curve: answer.kind === 'survival' ? answer.cuts.map((time, at) => ({ time, risk: told[at]! })) : null,
    reasons: reasonsOf(model, design, average),
    imputed,
    effect: null,
  };
}

function uncertaintyOf(model: ReleasedModel, design: readonly number[]): ForecastUncertainty | null {
  const range = answerRange(model, design);
  if (range === null) return null;
  const { kind, low, high, fits } = range;
  return kind === 'instability' ? { kind, low, high, fits } : { kind, low, high };
}

function reasonsOf(model: ReleasedModel, design: readonly number[], average: readonly number[]): Forecast['reasons'] {
  const [only] = model.layers;
  const isExact = model.layers.length === 1 && only !== undefined;
  const parts = isExact
    ? design.map((value, j) => only.kernel[j * only.outputs]! * (value - average[j]!))
    : integratedGradients((x) => logOdds(model, x), Float64Array.from(design), Float64Array.from(average));
  const byFeature = new Map<string, number>();
  model.columns.forEach(({ feature }, j) => {
    byFeature.set(feature, (byFeature.get(feature) ?? 0) + parts[j]!);
  });
  const items = [...byFeature]
    .map(([feature, contribution]): ForecastReason => ({ feature, contribution }))
    .filter(({ contribution }) => Math.abs(contribution) > 1e-9)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return { kind: isExact ? 'exact' : 'integrated-gradients', items };
}

function logOdds(model: ReleasedModel, x: Float64Array): number {
  const risk = headlineValue(model, answerValues(model, [...x]));
  return Math.log(risk) - Math.log1p(-risk);
}
