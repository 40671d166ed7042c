/**
 * Ridge logistic regression on rows that lie in one place: a site's local-only baseline, and the researcher's pooled yardstick.
 * The same two functions as the federated fit, so equal rows give equal coefficients.
 */
import type { Rows } from '../models/index.ts';
import { type NewtonFailure, type NewtonState, newtonStep, startNewton } from './newton.ts';
import { newtonSums } from './newton-sums.ts';

export interface LogisticFit {
  /** [intercept, ...columns], shape (width + 1,). */
  readonly coefficients: Float64Array;
  /** The ended fit; null when there was nothing to fit. */
  readonly state: NewtonState | null;
  /** one-class: the intercept alone says how common the outcome was, half an event added to either side. */
  readonly failure: NewtonFailure | 'one-class' | null;
}

/**
 * Fits by Newton's method until the gradient is below the tolerance.
 *
 * @param rows - Standardised rows; may be empty or of one class.
 * @param ridge - Penalty ≥ 0 in units of the summed log-loss.
 * @param tolerance - Largest absolute gradient entry at the optimum.
 * @throws RangeError on a negative ridge or a tolerance that is not positive.
 */
export function fitLogistic(rows: Rows, ridge: number, tolerance = 1e-9, maxIterations = 50): LogisticFit {
  const events = rows.y.reduce((sum, value) => sum + value, 0);
  if (events === 0 || events === rows.rows) {
    const coefficients = new Float64Array(rows.width + 1);
    coefficients[0] = Math.log((events + 0.5) / (rows.rows - events + 0.5));
    return { coefficients, state: null, failure: 'one-class' };
  }
  let state = startNewton(rows.width, ridge, tolerance, maxIterations);
  while (!state.converged && state.failure === null) state = newtonStep(state, newtonSums(rows, state.coefficients));
  return { coefficients: Float64Array.from(state.coefficients), state, failure: state.failure };
}
