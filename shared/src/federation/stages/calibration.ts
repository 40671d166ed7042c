/**
 * One iteration of the fit that judges a model's scale over the evaluation's cohort: of the outcome on the model's own linear predictor,
 * by the model of the task. A perfect model has intercept 0 and slope 1.
 */

import { calibrationFit, type Predictions } from '../../evaluation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import { minimumContributors, type Plan } from '../../study/index.ts';
import { fitSumsLength, newtonStep } from '../../training/index.ts';
import { nextEvaluation } from '../evaluation-order.ts';
import { rowsOf } from '../exact-fits.ts';
import { scoresWithOwnPart } from '../personal-model.ts';
import type { ModelLabel, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { outcomeOfLabel, predictionsOf } from '../scores.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { taskOptions } from '../task-options.ts';

export const calibration: Stage = {
  query: (_plan, state) => {
    const { label, evaluated, fit } = current(state);
    return {
      kind: 'calibration',
      label,
      options: { label, iteration: fit.iteration },
      layout: { header: fitSumsLength(fit.size), body: 0, bits: 32 },
      step: STATISTICS_STEP,
      clips: [],
      cohort: evaluated.cohort,
    };
  },

  answer: async (plan, state, rows, _tools) => {
    const { label, fit } = current(state);
    const prepared = rows.prepared(required(state.scaling, 'scaling'));
    const test = rowsOf(prepared.test, outcomeOfLabel(plan, state, label));
    const { shape } = taskOptions(plan, state, label);
    const own = label === 'federated' ? scoresWithOwnPart(plan, state, rows.site, prepared, test) : null;
    const predictions: Predictions =
      own === null ? predictionsOf(plan, state, label, test, prepared.train) : { task: 'binary', probability: own };
    const sums = calibrationFit(shape).sums(predictions, test, fit.coefficients);
    return headerOnly(encodeStatistics(sums, STATISTICS_STEP, state.sites));
  },

  advance: (plan, state, sum) => {
    const { label, evaluated, fit } = current(state);
    const calibration = newtonStep(fit, decodeStatistics(sum.header, STATISTICS_STEP));
    const next = { ...state, evaluations: { ...state.evaluations, [label]: { ...evaluated, calibration } } };
    return !calibration.converged && calibration.failure === null ? next : { ...next, stage: nextEvaluation(plan, next) };
  },
};

/** Whether enough sites know of a model's scale: what only sites with events add to needs enough of those. */
export function canCalibrate(plan: Plan, state: ProgrammeState, label: ModelLabel): boolean {
  const { shape } = taskOptions(plan, state, label);
  const isOfEvents = shape.task === 'time-to-event' || shape.task === 'ranking';
  const { events } = required(state.informative[outcomeOfLabel(plan, state, label).name], 'informative');
  return !isOfEvents || events >= minimumContributors(plan);
}

export function beginCalibration(plan: Plan, state: ProgrammeState, label: ModelLabel): ProgrammeState {
  const evaluated = required(state.evaluations[label], 'evaluation');
  const { shape } = taskOptions(plan, state, label);
  const fit = calibrationFit(shape).start(evaluated.cohort.length, STATISTICS_STEP);
  return {
    ...state,
    stage: { kind: 'calibration', label },
    evaluations: { ...state.evaluations, [label]: { ...evaluated, calibration: fit } },
  };
}

function current(state: ProgrammeState) {
  if (state.stage.kind !== 'calibration') throw new TypeError('calibration: expected the calibration stage');
  const { label } = state.stage;
  const evaluated = required(state.evaluations[label], 'evaluation');
  return { label, evaluated, fit: required(evaluated.calibration, 'calibration') };
}
