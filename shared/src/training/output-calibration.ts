/**
 * Recalibration of class log odds: intercepts of the classes but the first, and one slope, at the minimum of the log-loss on rows. Two classes
 * are the logistic recalibration of Cox 1958; more are the "vector scaling" with one slope.
 * Source: Van Calster et al. 2019, "Calibration: the Achilles heel of predictive analytics"; Guo et al. 2017.
 */
import { packedIndex } from './cholesky.ts';
import { emptySums } from './exact/exact-model.ts';
import { type NewtonState, startFit } from './newton.ts';

/** Log odds beyond this count as this: no row alone should carry the fit. */
export const MOST_LOG_ODDS = 30;
/** Keeps the slope finite where a model tells the training rows apart without an error; moves it by less than the figures show. */
const RIDGE = 1e-3;
const TOLERANCE = 1e-9;
const MOST_ITERATIONS = 50;

/** @param classes - At least 2. @param step - Of the encoding of the sums. */
export function startOutputCalibration(classes: number, sites = 0, step = 2 ** -40): NewtonState {
  const start = [...new Array<number>(classes - 1).fill(0), 1];
  return startFit({ start, free: classes - 1, ridge: RIDGE, tolerance: TOLERANCE, maxIterations: MOST_ITERATIONS, sites, step });
}

/**
 * A site's part of one iteration.
 *
 * @param outputs - Row-major: one log odds a row of two classes, or one logit a class.
 * @param y - Class of each row.
 * @param parameters - [intercepts of the classes from the second on, slope].
 * @returns [n, loss, gradient, packed Hessian].
 */
export function outputCalibrationSums(
  classes: number,
  outputs: Float64Array,
  y: ArrayLike<number>,
  parameters: readonly number[],
): Float64Array {
  const others = classes - 1;
  const width = y.length === 0 ? 1 : outputs.length / y.length;
  const { sums, gradient, hessian } = emptySums(classes);
  const slope = parameters[others]!;
  const odds = new Float64Array(others);
  const share = new Float64Array(others);
  const add = (j: number, k: number, value: number): void => {
    const at = packedIndex(classes, j, k);
    hessian[at] = hessian[at]! + value;
  };
  sums[0] = y.length;
  for (let row = 0; row < y.length; row++) {
    let most = 0;
    for (let k = 0; k < others; k++) {
      odds[k] = logOdds(width, outputs, row, k);
      share[k] = parameters[k]! + slope * odds[k]!;
      most = Math.max(most, share[k]!);
    }
    const own = y[row] === 0 ? 0 : share[y[row]! - 1]!;
    let total = Math.exp(-most);
    for (let k = 0; k < others; k++) {
      share[k] = Math.exp(share[k]! - most);
      total += share[k]!;
    }
    sums[1] = sums[1]! + Math.log(total) + most - own;
    let mean = 0;
    let square = 0;
    for (let k = 0; k < others; k++) {
      share[k] = share[k]! / total;
      mean += share[k]! * odds[k]!;
      square += share[k]! * odds[k]! * odds[k]!;
    }
    for (let k = 0; k < others; k++) {
      const residual = share[k]! - Number(y[row] === k + 1);
      gradient[k] = gradient[k]! + residual;
      gradient[others] = gradient[others]! + residual * odds[k]!;
      for (let l = k; l < others; l++) add(k, l, share[k]! * (Number(k === l) - share[l]!));
      add(k, others, share[k]! * (odds[k]! - mean));
    }
    add(others, others, square - mean * mean);
  }
  return sums;
}

/** Of class k + 1 against the first. */
function logOdds(width: number, outputs: Float64Array, row: number, k: number): number {
  const value = width === 1 ? outputs[row]! : outputs[row * width + k + 1]! - outputs[row * width]!;
  return Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, value));
}

/** What an ended fit does to a network's outputs. @param outputs - How many: one for two classes, else one a class. */
export function outputCalibrationOf(
  { coefficients }: NewtonState,
  outputs: number,
): { readonly slope: number; readonly offsets: readonly number[] } {
  const others = coefficients.slice(0, -1);
  return { slope: coefficients.at(-1)!, offsets: outputs === 1 ? others : [0, ...others] };
}
