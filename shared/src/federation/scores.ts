/** A model's probabilities for prepared rows. */
import { networkOutputs, predictLogistic, type Rows, sigmoid } from '../models/index.ts';
import { type Plan, trainsByRounds } from '../study/index.ts';
import { shapeOf } from './fits.ts';
import type { ModelLabel, ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';

/** @returns Probabilities of the outcome, shape (rows,). */
export function scoresOf(plan: Plan, state: ProgrammeState, label: ModelLabel, rows: Rows): Float64Array {
  if (label === 'federated' && trainsByRounds(plan)) {
    return networkOutputs(shapeOf(plan, state), required(state.network, 'network').weights, rows).map(sigmoid);
  }
  return predictLogistic(required(state.newton, 'newton').coefficients, rows);
}
