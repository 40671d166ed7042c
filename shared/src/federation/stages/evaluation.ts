/**
 * One sum over the test rows of a model: losses, counts, pair counts and the score histogram. The first one fixes the cohort of all:
 * the same counts over two cohorts would differ by one hospital's own.
 */
import { evaluationLength, siteEvaluation } from '../../evaluation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import type { Plan } from '../../study/index.ts';
import { isSharedInAnyCohort, withholdLonelyParts } from '../informative-sites.ts';
import { scoresWithOwnPart } from '../personal-model.ts';
import type { ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { scoresOf } from '../scores.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { beginCalibration } from './calibration.ts';

export const evaluation: Stage = {
  query: (plan, state) => ({
    kind: 'evaluation',
    label: labelOf(state.stage),
    options: { label: labelOf(state.stage), ...plan.evaluation },
    layout: { header: evaluationLength(plan.evaluation), body: 0, bits: 32 },
    step: STATISTICS_STEP,
    clips: [],
    cohort: Object.values(state.evaluations)[0]?.cohort ?? firstCohort(plan, state),
  }),

  answer: async (plan, state, rows, _tools) => {
    const prepared = rows.prepared(required(state.scaling, 'scaling'));
    const { test } = prepared;
    const label = labelOf(state.stage);
    const own = label === 'federated' ? scoresWithOwnPart(plan, state, rows.site, prepared, test) : null;
    const scores = own ?? scoresOf(plan, state, label, test);
    const sums = siteEvaluation({ scores, labels: test.y, options: plan.evaluation });
    const shared = withholdLonelyParts(plan, required(state.informative, 'informative'), sums);
    return headerOnly(encodeStatistics(shared, STATISTICS_STEP, state.sites));
  },

  advance: (_plan, state, sum, survivors) => {
    const label = labelOf(state.stage);
    const evaluated = { sums: decodeStatistics(sum.header, STATISTICS_STEP), cohort: [...survivors], calibration: null };
    return beginCalibration({ ...state, evaluations: { ...state.evaluations, [label]: evaluated } }, label);
  },
};

/** Who may contribute: whoever answers, or, where some sites cannot be part of every figure, exactly the sites that were counted. */
const firstCohort = (plan: Plan, { informative, sites, cohort }: ProgrammeState): readonly number[] | null =>
  isSharedInAnyCohort(plan, required(informative, 'informative'), sites) ? null : cohort;

function labelOf(stage: { readonly kind: string; readonly label?: 'federated' | 'exact' }): 'federated' | 'exact' {
  return required(stage.label, 'label');
}
