/**
 * One sum over the test rows of a model: losses, counts, pair counts and tables of scores. The first one fixes the cohort of all:
 * the same counts over two cohorts would differ by one hospital's own.
 */
import { type Predictions, siteEvaluation, taskSums } from '../../evaluation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import type { Plan } from '../../study/index.ts';
import { weighsClasses } from '../class-weights.ts';
import { nextEvaluation } from '../evaluation-order.ts';
import { rowsOf } from '../exact-fits.ts';
import { isSharedInAnyCohort, withholdLonelyParts } from '../informative-sites.ts';
import { isJudgedInAnyCohort } from '../judged.ts';
import { scoresWithOwnPart } from '../personal-model.ts';
import type { ModelLabel, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { outcomeOfLabel, predictionsOf } from '../scores.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { entryCount, entryNames, otherOptions, taskOptions } from '../task-options.ts';
import { beginCalibration, canCalibrate } from './calibration.ts';

export const evaluation: Stage = {
  query: (plan, state) => ({
    kind: 'evaluation',
    label: labelOf(state.stage),
    options: { label: labelOf(state.stage), ...plan.evaluation },
    layout: { header: entryCount(taskOptions(plan, state, labelOf(state.stage))), body: 0, bits: 32 },
    step: STATISTICS_STEP,
    clips: [],
    cohort: Object.values(state.evaluations)[0]?.cohort ?? firstCohort(plan, state),
  }),

  answer: async (plan, state, rows, _tools) => {
    const label = labelOf(state.stage);
    const options = taskOptions(plan, state, label);
    const outcome = outcomeOfLabel(plan, state, label);
    const prepared = rows.prepared(required(state.scaling, 'scaling'));
    const test = rowsOf(prepared.test, outcome);
    const own = label === 'federated' ? scoresWithOwnPart(plan, state, rows.site, prepared, test) : null;
    const predictions: Predictions =
      own === null ? predictionsOf(plan, state, label, test, prepared.train) : { task: 'binary', probability: own };
    const other = otherOptions(options);
    const sums =
      other === null && predictions.task === 'binary'
        ? siteEvaluation({ scores: predictions.probability, labels: test.y, options })
        : taskSums(predictions, test, required(other, 'options'));
    const shared = withholdLonelyParts(plan, required(state.informative[outcome.name], 'informative'), entryNames(options), sums);
    return headerOnly(encodeStatistics(shared, STATISTICS_STEP, state.sites));
  },

  advance: (plan, state, sum, survivors) => {
    const label = labelOf(state.stage);
    const evaluated = { sums: decodeStatistics(sum.header, STATISTICS_STEP), cohort: [...survivors], calibration: null };
    const next = { ...state, evaluations: { ...state.evaluations, [label]: evaluated } };
    return canCalibrate(plan, next, label) ? beginCalibration(plan, next, label) : { ...next, stage: nextEvaluation(plan, next) };
  },
};

/**
 * Who may contribute: whoever answers; or, where some sites cannot be part of every figure, or the effect's sums over the frozen cohort count
 * test patients too, or a recalibration asked them for validation rows, exactly the sites that were counted.
 */
const firstCohort = (plan: Plan, state: ProgrammeState): readonly number[] | null =>
  plan.treatment === null &&
  !weighsClasses(plan) &&
  Object.values(state.informative).every((counts) => isSharedInAnyCohort(plan, counts, state.sites)) &&
  isJudgedInAnyCohort(plan, state)
    ? null
    : state.cohort;

function labelOf(stage: { readonly kind: string; readonly label?: ModelLabel }): ModelLabel {
  return required(stage.label, 'label');
}
