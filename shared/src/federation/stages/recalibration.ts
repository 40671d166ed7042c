/**
 * After training with class weights: the intercepts and the slope that make a network's log odds true again, by Newton's method on sums over the
 * training rows of the frozen cohort, then written into the last layer. Class weights move the level of every probability; nothing that is shown
 * comes before this.
 */
import { networkOf, networkOutputs, rescaleOutputs } from '../../models/index.ts';
import { decodeStatistics, encodeStatistics, statisticsStep } from '../../secagg/index.ts';
import { type Plan, primaryOutcome } from '../../study/index.ts';
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
import type { Fit, Network, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { headerOnly, type Stage } from '../stage.ts';

export const recalibration: Stage = {
  query: (_plan, state) => {
    const fits = current(state);
    return {
      kind: 'calibration',
      label: 'recalibration',
      options: { label: 'recalibration', iteration: Math.max(...fits.map(({ iteration }) => iteration)) },
      layout: { header: fits.reduce((sum, { size }) => sum + fitSumsLength(size), 0), body: 0, bits: 32 },
      step: stepOf(state),
      clips: [],
      cohort: state.cohort,
    };
  },

  answer: async (plan, state, rows, _tools) => {
    const { train } = rows.prepared(required(state.scaling, 'scaling'));
    const shape = shapeOf(plan, state);
    const networks = allFits(required(state.network, 'network'));
    const parts = current(state).map(({ coefficients }, at) => {
      const outputs = networkOutputs(shape, required(networks[at], 'fit').weights, train);
      return Array.from(outputCalibrationSums(classesOf(plan), outputs, train.y, coefficients));
    });
    return headerOnly(encodeStatistics(Float64Array.from(parts.flat()), stepOf(state), state.sites));
  },

  advance: (plan, state, sum) => {
    const values = decodeStatistics(sum.header, stepOf(state));
    let at = 0;
    const fits = current(state).map((fit) => {
      const length = fitSumsLength(fit.size);
      at += length;
      return newtonStep(fit, values.subarray(at - length, at));
    });
    const network: Network = { ...required(state.network, 'network'), recalibration: fits };
    if (fits.some((fit) => !fit.converged && fit.failure === null)) return { ...state, network };
    const next = { ...state, network: recalibrated(plan, state, network, fits) };
    return { ...next, stage: nextEvaluation(plan, next) };
  },
};

/** The first of its sums. */
export function beginRecalibration(plan: Plan, state: ProgrammeState, network: Network): ProgrammeState {
  const sites = required(state.cohort, 'cohort').length;
  const fits = allFits(network).map(() => startOutputCalibration(classesOf(plan), sites, stepOf(state)));
  return { ...state, network: { ...network, recalibration: fits }, stage: { kind: 'recalibration' } };
}

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

/** A row adds at most the square of its log odds to an entry. */
const stepOf = ({ scaling, sites }: ProgrammeState): number =>
  statisticsStep(MOST_LOG_ODDS * MOST_LOG_ODDS * Math.max(1, required(scaling, 'scaling').rows), sites);

function current({ stage, network }: ProgrammeState): readonly NewtonState[] {
  if (stage.kind !== 'recalibration') throw new TypeError('recalibration: expected the stage of a recalibration');
  return required(network?.recalibration, 'recalibration');
}
