/**
 * After training with class weights: the intercepts and the slope that make a network's log odds true again, by Newton's method on sums over the
 * validation rows, then written into the last layer. Class weights move the level of every probability; nothing that is shown comes before this.
 *
 * Rules: the cohort is that of the looks, else the frozen one; a site with fewer validation rows than the smallest cell answers zeros. Where
 * too few hospitals have validation rows, or those have no optimum (a class that none of them has), the training rows are asked.
 */
import { networkOf, networkOutputs, rescaleOutputs } from '../../models/index.ts';
import { decodeStatistics, encodeStatistics, statisticsStep } from '../../secagg/index.ts';
import { minimumContributors, type Plan, primaryOutcome } from '../../study/index.ts';
import {
  fitSumsLength,
  MOST_LOG_ODDS,
  type NewtonState,
  newtonStep,
  outputCalibrationOf,
  outputCalibrationSums,
  startOutputCalibration,
} from '../../training/index.ts';
import { nextEvaluation } from '../evaluation-order.ts';
import { allFits, shapeOf } from '../fits.ts';
import { hasValidation } from '../judged.ts';
import type { Fit, Network, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { headerOnly, type Stage } from '../stage.ts';

export const recalibration: Stage = {
  query: (_plan, state) => {
    const { fits, rows } = current(state);
    return {
      kind: 'calibration',
      label: 'recalibration',
      options: { label: 'recalibration', rows, iteration: Math.max(...fits.map(({ iteration }) => iteration)) },
      layout: { header: fits.reduce((sum, { size }) => sum + fitSumsLength(size), 0), body: 0, bits: 32 },
      step: stepOf(state),
      clips: [],
      cohort: cohortOf(state),
    };
  },

  answer: async (plan, state, rows, _tools) => {
    const { train, validation } = rows.prepared(required(state.scaling, 'scaling'));
    const { fits, rows: asked } = current(state);
    const part = asked === 'training' ? train : validation;
    const isEnough = asked === 'training' || hasValidation(plan, part.y);
    const shape = shapeOf(plan, state);
    const networks = allFits(required(state.network, 'network'));
    const parts = fits.map(({ coefficients, size }, at) => {
      if (!isEnough) return new Array<number>(fitSumsLength(size)).fill(0);
      const outputs = networkOutputs(shape, required(networks[at], 'fit').weights, part);
      return Array.from(outputCalibrationSums(classesOf(plan), outputs, part.y, coefficients));
    });
    return headerOnly(encodeStatistics(Float64Array.from(parts.flat()), stepOf(state), state.sites));
  },

  advance: (plan, state, sum) => {
    const values = decodeStatistics(sum.header, stepOf(state));
    let at = 0;
    const { fits: running, rows } = current(state);
    const fits = running.map((fit) => {
      const length = fitSumsLength(fit.size);
      at += length;
      return newtonStep(fit, values.subarray(at - length, at));
    });
    const network: Network = { ...required(state.network, 'network'), recalibration: fits };
    if (rows === 'validation' && fits.some(({ failure }) => failure !== null)) return begin(plan, state, network, 'training');
    if (fits.some((fit) => !fit.converged && fit.failure === null)) return { ...state, network };
    const next = { ...state, network: recalibrated(plan, state, network, fits) };
    return { ...next, stage: nextEvaluation(plan, next) };
  },
};

/** The first of its sums. */
export function beginRecalibration(plan: Plan, state: ProgrammeState, network: Network): ProgrammeState {
  const isShared = (state.judged?.validation ?? 0) >= minimumContributors(plan);
  return begin(plan, state, network, isShared ? 'validation' : 'training');
}

function begin(plan: Plan, state: ProgrammeState, network: Network, rows: 'validation' | 'training'): ProgrammeState {
  const stage = { kind: 'recalibration', rows } as const;
  const sites = cohortOf({ ...state, stage, network }).length;
  const fits = allFits(network).map(() => startOutputCalibration(classesOf(plan), sites, stepOf(state)));
  return { ...state, network: { ...network, recalibration: fits, recalibratedOn: rows }, stage };
}

/** No two sums over the validation rows may differ by a few hospitals. */
const cohortOf = ({ stage, cohort, network }: ProgrammeState): readonly number[] =>
  (stage.kind === 'recalibration' && stage.rows === 'validation' ? network?.watched?.cohort : null) ?? required(cohort, 'cohort');

/** Fits whose last layer holds the recalibration; one without an optimum (a class without rows) stays as it is. */
function recalibrated(plan: Plan, state: ProgrammeState, network: Network, found: readonly NewtonState[]): Network {
  const shape = shapeOf(plan, state);
  const { outputs } = networkOf(shape);
  const [model, ...others] = allFits(network).map(({ weights, server, shared }, at): Fit => {
    const fit = required(found[at], 'fit');
    if (!fit.converged) return { weights, server, shared };
    const { slope, offsets } = outputCalibrationOf(fit, outputs);
    return { weights: rescaleOutputs(shape, weights, slope, offsets), server, shared };
  });
  return { ...network, ...required(model, 'fit'), others };
}

const classesOf = (plan: Plan): number => {
  const outcome = primaryOutcome(plan);
  return outcome.task === 'multiclass' ? outcome.codes.length : 2;
};

/** A row adds at most the square of its log odds to an entry; and ten validation rows for each training row. */
const stepOf = ({ scaling, sites }: ProgrammeState): number =>
  statisticsStep(10 * MOST_LOG_ODDS * MOST_LOG_ODDS * Math.max(1, required(scaling, 'scaling').rows), sites);

function current({ stage, network }: ProgrammeState) {
  if (stage.kind !== 'recalibration') throw new TypeError('recalibration: expected the stage of a recalibration');
  return { fits: required(network?.recalibration, 'recalibration'), rows: stage.rows };
}
