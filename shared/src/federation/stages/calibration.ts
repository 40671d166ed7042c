/** One iteration of the two-parameter fit on logit(p) over the evaluation's cohort: calibration intercept and slope. */
import { CALIBRATION_SUMS_LENGTH, calibrationStep, calibrationSums, startCalibration } from '../../evaluation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import type { Plan } from '../../study/index.ts';
import { scoresWithOwnPart } from '../personal-model.ts';
import type { ModelLabel, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { scoresOf } from '../scores.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { lastStages } from './effect.ts';

export const calibration: Stage = {
  query: (_plan, state) => {
    const { label, evaluated, fit } = current(state);
    return {
      kind: 'calibration',
      label,
      options: { label, iteration: fit.iteration },
      layout: { header: CALIBRATION_SUMS_LENGTH, body: 0, bits: 32 },
      step: STATISTICS_STEP,
      clips: [],
      cohort: evaluated.cohort,
    };
  },

  answer: async (plan, state, rows, _tools) => {
    const { label, fit } = current(state);
    const prepared = rows.prepared(required(state.scaling, 'scaling'));
    const { test } = prepared;
    const own = label === 'federated' ? scoresWithOwnPart(plan, state, rows.site, prepared, test) : null;
    const sums = calibrationSums(own ?? scoresOf(plan, state, label, test), test.y, fit.coefficients);
    return headerOnly(encodeStatistics(sums, STATISTICS_STEP, state.sites));
  },

  advance: (plan, state, sum) => {
    const { label, evaluated, fit } = current(state);
    const next = calibrationStep(fit, decodeStatistics(sum.header, STATISTICS_STEP));
    const evaluations = { ...state.evaluations, [label]: { ...evaluated, calibration: next } };
    const stage = !next.converged && next.failure === null ? state.stage : afterCalibration(plan, state, label);
    return { ...state, evaluations, stage };
  },
};

export function beginCalibration(state: ProgrammeState, label: ModelLabel): ProgrammeState {
  const evaluated = required(state.evaluations[label], 'evaluation');
  return {
    ...state,
    stage: { kind: 'calibration', label },
    evaluations: {
      ...state.evaluations,
      [label]: { ...evaluated, calibration: startCalibration(evaluated.cohort.length, STATISTICS_STEP) },
    },
  };
}

/** A network is evaluated after the exact fit beside it; then the study closes. */
const afterCalibration = (plan: Plan, state: ProgrammeState, label: ModelLabel): ProgrammeState['stage'] =>
  label === 'exact' && state.network !== null ? { kind: 'evaluation', label: 'federated' } : lastStages(plan, state);

function current(state: ProgrammeState) {
  if (state.stage.kind !== 'calibration') throw new TypeError('calibration: expected the calibration stage');
  const { label } = state.stage;
  const evaluated = required(state.evaluations[label], 'evaluation');
  return { label, evaluated, fit: required(evaluated.calibration, 'calibration') };
}
