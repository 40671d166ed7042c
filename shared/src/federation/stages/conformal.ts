/**
 * Residuals of the plan's model on validation rows, as counts in bins: what the interval for patients pooled over hospitals is read from. One sum over
 * the frozen cohort; a hospital with fewer validation rows than the smallest cell answers zeros.
 */
import { RESIDUAL_BINS, residualCounts } from '../../evaluation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import { type Plan, primaryOutcome } from '../../study/index.ts';
import { nextEvaluation } from '../evaluation-order.ts';
import type { ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { predictionsOf } from '../scores.ts';
import { headerOnly, type Stage } from '../stage.ts';

export const conformal: Stage = {
  query: (_plan, state) => ({
    kind: 'evaluation',
    label: 'conformal',
    options: { label: 'conformal' },
    layout: { header: RESIDUAL_BINS + 1, body: 0, bits: 32 },
    step: STATISTICS_STEP,
    clips: [],
    // Where looks at validation rows were over other sites, over those again: no two sums over these rows may differ by a few.
    cohort: state.network?.watched?.cohort ?? state.cohort,
  }),

  answer: async (plan, state, rows, _tools) => {
    const { train, validation } = rows.prepared(required(state.scaling, 'scaling'));
    const isEnough = validation.rows >= Math.max(1, plan.evaluation.smallestCell);
    const predicted = predictionsOf(plan, state, 'federated', validation, train);
    if (predicted.task !== 'regression') throw new TypeError('conformal: expected a measured outcome');
    const counts = isEnough ? residualCounts(predicted.mean, validation.y, outcomeSd(plan, state)) : new Float64Array(RESIDUAL_BINS + 1);
    return headerOnly(encodeStatistics(counts, STATISTICS_STEP, state.sites));
  },

  advance: (plan, state, sum) => {
    const next = { ...state, conformal: decodeStatistics(sum.header, STATISTICS_STEP) };
    return { ...next, stage: nextEvaluation(plan, next) };
  },
};

/** Of the primary outcome over all training rows. */
export function outcomeSd(plan: Plan, { scaling }: ProgrammeState): number {
  const known = required(scaling, 'scaling').outcomes[primaryOutcome(plan).name];
  return known?.task === 'regression' ? known.sd : 1;
}
