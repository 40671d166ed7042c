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
  const unchecked = notChecked(plan, rows);
  if (unchecked !== null) own.push(unchecked);
  return own;
}

/** Too few of this hospital's test patients to know how the model does here. */
function notChecked(plan: Plan, rows: SiteRows): ForecastRefusal | null {
  const outcome = primaryOutcome(plan);
  const { events, nonEvents } = rows.testClasses(outcome);
  const needed = plan.evaluation.smallestCell;
  const patients = Math.min(events, nonEvents);
  if (patients >= needed) return null;
  if (outcome.task === 'multiclass') return { reason: 'few-of-a-class', patients, needed };
  if (outcome.task === 'regression' || outcome.task === 'count') return { reason: 'few-test-patients', patients, needed };
  return { reason: 'site-not-checked', events, nonEvents, needed };
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
