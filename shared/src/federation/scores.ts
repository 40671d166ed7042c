/** What the models of a study say of prepared rows. */
import { headline, type Predictions } from '../evaluation/index.ts';
import { networkOutputs, type Rows } from '../models/index.ts';
import type { Part } from '../preparation/index.ts';
import { type Plan, primaryOutcome, trainsByRounds } from '../study/index.ts';
import { exactFit, MAIN_FIT, rowsOf } from './exact-fits.ts';
import { exactPredictions } from './exact-predictions.ts';
import { lossOfPlan, shapeOf } from './fits.ts';
import { networkPredictions } from './network-shape.ts';
import type { ModelLabel, ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';

/** Which exact fit a model is; null for a network. `federated` is the plan's model, `exact` the exact fit beside a network. */
export function fitOfLabel(plan: Plan, label: ModelLabel): string | null {
  if (label === 'exact') return MAIN_FIT;
  if (label === 'federated') return trainsByRounds(plan) ? null : MAIN_FIT;
  return label;
}

/** The outcome that a model predicts. */
export function outcomeOfLabel(plan: Plan, state: ProgrammeState, label: ModelLabel) {
  const fit = fitOfLabel(plan, label);
  return fit === null ? primaryOutcome(plan) : exactFit(plan, required(state.scaling, 'scaling'), fit).outcome;
}

/**
 * Predictions of a model for prepared rows.
 *
 * @param rows - With the outcome of the model, from `rowsOf`; only `x` is looked at.
 * @param train - The site's own training rows with all outcomes, for an intercept of its own; null for none.
 */
export function predictionsOf(plan: Plan, state: ProgrammeState, label: ModelLabel, rows: Rows, train: Part | null): Predictions {
  const name = fitOfLabel(plan, label);
  if (name === null) {
    const outputs = networkOutputs(shapeOf(plan, state), required(state.network, 'network').weights, rows);
    return networkPredictions(lossOfPlan(plan, state), outputs);
  }
  const { spec, outcome } = exactFit(plan, required(state.scaling, 'scaling'), name);
  const fit = required(name === MAIN_FIT ? state.newton : state.beside[name], 'fit');
  return exactPredictions(spec, fit, rows, train === null ? null : rowsOf(train, outcome));
}

/** @returns One number a row, shape (rows,): a probability, a mean, a risk at the horizon or a log hazard ratio. */
export function scoresOf(plan: Plan, state: ProgrammeState, label: ModelLabel, rows: Rows, train: Part | null = null): Float64Array {
  return headline(predictionsOf(plan, state, label, rows, train));
}
