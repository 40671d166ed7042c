/** When a patient gets no answer: outside what the study covers, a needed value missing, or a hospital where the model was not checked. */
import type { PatientValues, SiteRows } from '../federation/index.ts';
import type { Feature } from '../schema/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import type { ForecastRefusal } from './forecast.ts';

/** @returns Every reason, in the order of the dictionary; empty where an answer may be shown. */
export function refusalsOf(plan: Plan, rows: SiteRows, values: PatientValues): ForecastRefusal[] {
  const own = plan.features.flatMap((feature) => refusalOf(plan, feature, values[feature.name] ?? Number.NaN));
  const { events, nonEvents } = rows.testClasses(primaryOutcome(plan));
  const needed = plan.evaluation.smallestCell;
  if (events < needed || nonEvents < needed) own.push({ reason: 'site-not-checked', events, nonEvents, needed });
  return own;
}

function refusalOf(plan: Plan, feature: Feature, value: number): ForecastRefusal[] {
  const { name } = feature;
  if (Number.isNaN(value)) {
    const isNeeded = feature.required || plan.preprocess.impute === 'drop-row';
    return isNeeded ? [{ reason: 'missing', feature: name }] : [];
  }
  if (feature.type === 'number') {
    const [low, high] = feature.range;
    return value >= low && value <= high ? [] : [{ reason: 'out-of-range', feature: name, range: feature.range }];
  }
  return Number.isInteger(value) && value >= 0 && value < feature.codes.length ? [] : [{ reason: 'unknown-code', feature: name }];
}
