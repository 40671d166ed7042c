/** When a patient gets no answer: outside what the study covers, a needed value missing, or a hospital where the model was not checked. */
import type { PatientValues, SiteRows } from '../federation/index.ts';
import type { Feature } from '../schema/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import type { ForecastRefusal } from './forecast.ts';

/** @returns Every reason, in the order of the dictionary; empty where an answer may be shown. */
export function refusalsOf(plan: Plan, rows: SiteRows, values: PatientValues): ForecastRefusal[] {
  const isEveryNeeded = plan.preprocess.impute === 'drop-row';
  const own = plan.features.flatMap((feature) =>
    valueRefusal(feature, values[feature.name] ?? Number.NaN, feature.required || isEveryNeeded),
  );
  const { events, nonEvents } = rows.testClasses(primaryOutcome(plan));
  const needed = plan.evaluation.smallestCell;
  if (events < needed || nonEvents < needed) own.push({ reason: 'site-not-checked', events, nonEvents, needed });
  return own;
}

/** Why one value gets no answer; empty where it may have one. */
export function valueRefusal(feature: Feature, value: number, isNeeded: boolean): ForecastRefusal[] {
  const { name } = feature;
  if (Number.isNaN(value)) {
    return isNeeded ? [{ reason: 'missing', feature: name }] : [];
  }
  if (feature.type === 'number') {
    const [low, high] = feature.range;
    return value >= low && value <= high ? [] : [{ reason: 'out-of-range', feature: name, range: feature.range }];
  }
  return Number.isInteger(value) && value >= 0 && value < feature.codes.length ? [] : [{ reason: 'unknown-code', feature: name }];
}
