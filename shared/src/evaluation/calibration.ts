/**
 * Calibration intercept and slope over sites: the two-parameter logistic regression of the outcome on the log odds of the score,
 * fitted exactly by Newton's method on sums. A perfect model has intercept 0 and slope 1.
 * Source: Cox 1958, "Two further applications of a model for binary regression"; Van Calster et al. 2016.
 */
import { type NewtonState, newtonStep, newtonSums, newtonSumsLength, startNewton } from '../training/index.ts';
import { expectScores, logit } from './scores.ts';

export interface Calibration {
  readonly intercept: number;
  readonly slope: number;
}

/** Entries of the vector that `calibrationSums` returns. */
export const CALIBRATION_SUMS_LENGTH = newtonSumsLength(1);

const TOLERANCE = 1e-9;
const MOST_ITERATIONS = 25;

/**
 * A calibration fit before its first sum.
 *
 * @param sites - Contributors of each sum; 0 where sums are not encoded.
 * @param step - Step of the encoding, in units of the sums.
 */
export function startCalibration(sites = 0, step = 2 ** -40): NewtonState {
  return startNewton(1, 0, TOLERANCE, MOST_ITERATIONS, sites, step);
}

/**
 * A site's part of one iteration; parts add up over sites.
 *
 * @param scores - Probabilities in [0, 1], shape (n,).
 * @param labels - 0 or 1, shape (n,).
 * @param coefficients - [intercept, slope] of the running fit.
 * @returns Shape (CALIBRATION_SUMS_LENGTH,).
 * @throws RangeError on a score or label out of range.
 */
export function calibrationSums(scores: ArrayLike<number>, labels: ArrayLike<number>, coefficients: ArrayLike<number>): Float64Array {
  expectScores('calibrationSums', scores, labels);
  const x = Float64Array.from(scores, logit);
  return newtonSums({ x, y: Float64Array.from(labels), rows: x.length, width: 1 }, coefficients);
}

/** Takes the sum over sites and moves on; the same rules as `newtonStep`. */
export function calibrationStep(state: NewtonState, sums: ArrayLike<number>): NewtonState {
  return newtonStep(state, sums);
}

/** Intercept and slope of an ended fit, or null when it has no finite optimum (one class, one score, perfect separation). */
export function readCalibration(state: NewtonState): Calibration | null {
  return state.converged ? { intercept: state.coefficients[0]!, slope: state.coefficients[1]! } : null;
}

/** Calibration of one set of rows, by the same steps. */
export function directCalibration(scores: ArrayLike<number>, labels: ArrayLike<number>): Calibration | null {
  let state = startCalibration();
  while (!state.converged && state.failure === null) state = calibrationStep(state, calibrationSums(scores, labels, state.coefficients));
  return readCalibration(state);
}
