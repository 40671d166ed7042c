/** A model's probabilities for prepared rows. */
import { predictLogistic, predictMlp, type Rows } from '../models/index.ts';
import type { Plan } from '../study/index.ts';
import type { ModelLabel, ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';
import { networkShape } from './stages/update.ts';

/** @returns Probabilities of the outcome, shape (rows,). */
export function scoresOf(plan: Plan, state: ProgrammeState, label: ModelLabel, rows: Rows): Float64Array {
  if (label === 'federated' && plan.model.kind === 'mlp') {
    return predictMlp(networkShape(plan, state), required(state.network, 'network').weights, rows);
  }
  return predictLogistic(required(state.newton, 'newton').coefficients, rows);
}
