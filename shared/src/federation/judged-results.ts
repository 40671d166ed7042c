/** What the judgement of a study says: groups of patients, figures across hospitals, promotion, whether there were enough patients. */
import {
  type AcrossSites,
  acrossFigureNames,
  type FigureScale,
  type GroupResult,
  groupNames,
  judgePromotion,
  notCompared,
  type Promotion,
  readAcrossSites,
  readSubgroups,
  readTaskCalibration,
  SECOND_PASS_LENGTH,
} from '../evaluation/index.ts';
import { sigmoid } from '../models/index.ts';
import { subgroupsOf } from '../preparation/index.ts';
import type { Plan } from '../study/index.ts';
import { whyNotCompared } from './judged.ts';
import type { ProgrammeState } from './programme-state.ts';
import { type SampleSizeResult, sampleSizeResult } from './sample-size-result.ts';
import { betweenOf } from './stages/across-parts.ts';
import { outcomeSd } from './stages/conformal.ts';
import { taskOptions } from './task-options.ts';

export interface SubgroupResult {
  readonly model: string;
  readonly feature: string;
  /** In words; '' for rows where the feature is missing. */
  readonly group: string;
  /** Null where no hospital had enough patients of the group, or too few had. */
  readonly result: GroupResult | null;
}

/** Means over hospitals, with the interval and where a new hospital's own figure would lie; on the figure's own scale. */
export interface AcrossSitesResult {
  readonly model: string;
  /** By the name its measure has; of a class as `aurocWithin@2`. */
  readonly figure: string;
  readonly result: AcrossSites;
}

export interface JudgedResults {
  readonly subgroups: readonly SubgroupResult[];
  readonly acrossSites: readonly AcrossSitesResult[];
  readonly promotion: (Promotion & { readonly slope: number | null }) | null;
  readonly sampleSize: SampleSizeResult | null;
}

export const judgedResults = (plan: Plan, programme: ProgrammeState): JudgedResults => ({
  subgroups: subgroupResults(plan, programme),
  acrossSites: acrossResults(plan, programme),
  promotion: promotionResult(plan, programme),
  sampleSize: sampleSizeResult(plan, programme),
});

function subgroupResults(plan: Plan, programme: ProgrammeState): SubgroupResult[] {
  const { judgement, judged } = programme;
  return Object.entries(judgement?.subgroups ?? {}).flatMap(([model, sums]) => {
    const options = taskOptions(plan, programme, model);
    const { length } = groupNames(options);
    let at = 0;
    return subgroupsOf(plan).flatMap(({ feature, groups }, which) => {
      const read = readSubgroups(sums.subarray(at, at + groups.length * length), options);
      at += groups.length * length;
      const all = groups.map((group, index): SubgroupResult => ({ model, feature, group, result: read[index] ?? null }));
      // A group that no hospital has is not one that is left out.
      return all.filter((_, index) => judged?.groups[which]?.[index]?.present !== 0);
    });
  });
}

/** From the scale of the sums back to the figure's own. @param unit - Standard deviation of the outcome, for a quantity. */
const SCALES: { readonly [Scale in FigureScale]: (value: number, unit: number) => number } = {
  'log-odds': sigmoid,
  log: Math.exp,
  plain: (value) => value,
  unit: (value, unit) => value * unit,
  'log-unit': (value, unit) => Math.exp(value) * unit,
};

function acrossResults(plan: Plan, programme: ProgrammeState): AcrossSitesResult[] {
  const { judgement } = programme;
  return Object.entries(judgement?.second ?? {}).flatMap(([model, sums]) => {
    const between = betweenOf(judgement!.first[model]!);
    return acrossFigureNames(taskOptions(plan, programme, model).shape).flatMap(({ name: figure, scale }, at) => {
      const read = readAcrossSites(sums.subarray(at * SECOND_PASS_LENGTH, (at + 1) * SECOND_PASS_LENGTH), between[at] ?? 0);
      if (read === null || between[at] == null) return [];
      const own = (value: number): number => SCALES[scale](value, outcomeSd(plan, programme));
      const pair = ([low, high]: readonly [number, number]) => [own(low), own(high)] as const;
      const result = { ...read, mean: own(read.mean), interval: pair(read.interval), prediction: pair(read.prediction) };
      return [{ model, figure, result }];
    });
  });
}

/** Null while it is not decided, and where a plan trains no network. */
function promotionResult(plan: Plan, programme: ProgrammeState): JudgedResults['promotion'] {
  const { judgement, stage } = programme;
  const sums = judgement?.promotion ?? null;
  if (sums === null) {
    const reason = stage.kind === 'done' || stage.kind === 'closing' ? whyNotCompared(plan, programme) : null;
    return reason === null ? null : { ...notCompared(reason), slope: null };
  }
  const { slope } = readTaskCalibration(sums.slope);
  return { ...judgePromotion({ ...sums, slope }), slope };
}
