/**
 * What a released model's file says of one patient, in the form of the clinician's page; or why nothing is told. The file alone is asked: nothing of a
 * study or of a hospital's rows.
 */
import { answerRanges, answerValues, designRow, headlineValue, type ReleasedModel } from '../export/index.ts';
import type { PatientValues } from '../federation/index.ts';
import { columnParts, oddsBetween } from './column-parts.ts';
import { featureReasons, likeliestTwo } from './feature-reasons.ts';
import type { Forecast, ForecastNumber, ForecastRefusal, ForecastUncertainty, SiteForecast } from './forecast.ts';
import { valueRefusal } from './refusals.ts';

export function modelForecast(model: ReleasedModel, values: PatientValues): SiteForecast {
  const used = new Set(model.columns.map(({ feature }) => feature));
  const refusals = model.features.flatMap((feature): ForecastRefusal[] => {
    const isNeeded = feature.required || (model.needsEveryValue && used.has(feature.name));
    return valueRefusal(feature, values[feature.name] ?? Number.NaN, isNeeded);
  });
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const design = designRow(model, (feature) => values[feature] ?? Number.NaN);
  const average = designRow(model, () => Number.NaN);
  const told = answerValues(model, design);
  if (!told.every(Number.isFinite)) return { kind: 'refused', refusals: [{ reason: 'no-model' }] };
  const imputed = model.features.flatMap(({ name }) => (used.has(name) && Number.isNaN(values[name] ?? Number.NaN) ? [name] : []));
  const ranges = uncertaintiesOf(model, design);
  const references = answerValues(model, average);
  const numbers = told.map((value, at): ForecastNumber => ({ value, reference: references[at]!, uncertainty: ranges?.[at] ?? null }));
  const reasons = (scale: (told: readonly number[]) => number) => reasonsOf(model, design, average, scale);
  const { answer } = model;
  switch (answer.kind) {
    case 'classes': {
      const likeliest = likeliestTwo(told);
      return { kind: 'classes', classes: numbers, likeliest, reasons: reasons(oddsBetween(likeliest)), imputed };
    }
    case 'count':
      return { kind: 'count', ...numbers[0]!, reasons: reasons(([expected]) => Math.log(expected!)), imputed };
    case 'quantity':
      return { kind: 'quantity', ...numbers[0]!, conformal: null, reasons: reasons(([value]) => value!), imputed };
    default:
      return {
        kind: 'shown',
        risk: headlineValue(model, told),
        shared: null,
        uncertainty: ranges?.at(-1) ?? null,
        reference: headlineValue(model, references),
        curve: answer.kind === 'survival' ? answer.cuts.map((time, at) => ({ time, risk: told[at]! })) : null,
        reasons: answer.kind === 'survival' && model.layers.length === 1 ? hazardReasons(model, design, average) : reasons(logOdds),
        imputed,
        effect: null,
      };
  }
}

function uncertaintiesOf(model: ReleasedModel, design: readonly number[]): ForecastUncertainty[] | null {
  const ranges = answerRanges(model, design);
  return ranges?.map(({ kind, low, high, fits }) => (kind === 'instability' ? { kind, low, high, fits } : { kind, low, high })) ?? null;
}

/** @param scale - What of the answer is told: of one layer it adds over the columns, so that a column's part is its own difference. */
function reasonsOf(
  model: ReleasedModel,
  design: readonly number[],
  average: readonly number[],
  scale: (told: readonly number[]) => number,
): Forecast['reasons'] {
  const output = (x: Float64Array): number => scale(answerValues(model, Array.from(x)));
  const { kind, parts } = columnParts(output, Float64Array.from(design), Float64Array.from(average), model.layers.length === 1);
  return { kind, items: itemsOf(model, parts) };
}

/** A hazard adds on the log odds of each interval, not on those of the whole risk. */
function hazardReasons(model: ReleasedModel, design: readonly number[], average: readonly number[]): Forecast['reasons'] {
  const { kernel, outputs } = model.layers[0]!;
  const parts = design.map((value, j) => kernel[j * outputs]! * (value - average[j]!));
  return { kind: 'exact', items: itemsOf(model, parts) };
}

const itemsOf = ({ columns }: ReleasedModel, parts: ArrayLike<number>) =>
  featureReasons(
    columns.map(({ feature }) => feature),
    parts,
  );

/** Of a probability, or of the last of several risks over time. */
function logOdds(told: readonly number[]): number {
  const risk = told.at(-1)!;
  return Math.log(risk) - Math.log1p(-risk);
}
