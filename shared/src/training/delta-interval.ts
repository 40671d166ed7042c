/**
 * How sure a linear model is of one patient's value: the 95 % interval of its linear predictor by the delta method, to be taken through the
 * link. It speaks of the estimate's own uncertainty, not of what happens to the patient.
 * Source: Agresti, "Categorical Data Analysis", 3.1.6 and 5.1; with a ridge the covariance is that of coefficient-table.ts.
 */
import { sigmoid } from '../models/index.ts';
import { covarianceOf } from './coefficient-table.ts';
import type { NewtonState } from './newton.ts';

const NORMAL_97_5 = 1.959963984540054;

/** Value with interval, on the scale of the outcome. */
export interface ValueInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Estimated parameters and their covariance, row-major, shape (size, size). */
export interface Estimate {
  readonly coefficients: ArrayLike<number>;
  readonly covariance: ArrayLike<number>;
}

/**
 * A linear model's interval for one row.
 *
 * @param link - From the linear predictor to the value, increasing.
 * @param row - With its leading 1, shape (size,).
 * @param dispersion - Residual variance, where the model has one.
 */
export function linearInterval(
  { coefficients, covariance }: Estimate,
  link: (predictor: number) => number,
  row: ArrayLike<number>,
  dispersion = 1,
): ValueInterval {
  const size = coefficients.length;
  let [predictor, variance] = [0, 0];
  for (let j = 0; j < size; j++) {
    predictor += coefficients[j]! * row[j]!;
    for (let k = 0; k < size; k++) variance += row[j]! * covariance[j * size + k]! * row[k]!;
  }
  const margin = NORMAL_97_5 * Math.sqrt(Math.max(0, variance) * dispersion);
  return { value: link(predictor), low: link(predictor - margin), high: link(predictor + margin) };
}

/**
 * Makes the function that gives a patient's interval.
 *
 * @param link - From the linear predictor to the value, increasing.
 * @param dispersion - Residual variance, where the model has one.
 * @returns A function of the row with its leading 1, shape (size,); null where the fit has no covariance.
 */
export function intervalOf(
  fit: NewtonState,
  link: (predictor: number) => number,
  dispersion = 1,
): ((row: ArrayLike<number>) => ValueInterval) | null {
  const covariance = covarianceOf(fit);
  return covariance === null ? null : (row) => linearInterval({ ...fit, covariance }, link, row, dispersion);
}

/**
 * The interval of a hazard model's risk by the end of an interval: the delta method on log(−log S), where it is nearly normal.
 *
 * @param columns - The patient's columns, shape (size − cuts,).
 * @param until - How many intervals, at least 1. @param own - The site's own intercept, taken as known.
 */
export function hazardInterval(
  { coefficients, covariance }: Estimate,
  intervals: number,
  columns: ArrayLike<number>,
  until: number,
  own = 0,
): ValueInterval {
  const size = coefficients.length;
  const predictor = Array.from(columns).reduce((sum, value, j) => sum + value * coefficients[intervals + j]!, own);
  const gradient = new Float64Array(size);
  let cumulative = 0; // −log S
  for (let k = 0; k < until; k++) {
    const p = sigmoid(coefficients[k]! + predictor);
    cumulative -= Math.log1p(-p);
    gradient[k] = p; // d(−log(1 − p)) / dη = p
    for (let j = 0; j < columns.length; j++) gradient[intervals + j] = gradient[intervals + j]! + p * columns[j]!;
  }
  let variance = 0;
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) variance += gradient[a]! * covariance[a * size + b]! * gradient[b]!;
  const margin = (NORMAL_97_5 * Math.sqrt(Math.max(0, variance))) / cumulative;
  const risk = (shift: number) => -Math.expm1(-cumulative * Math.exp(shift));
  return { value: risk(0), low: risk(-margin), high: risk(margin) };
}

/** The same of a fit; null where it has no covariance. */
export function hazardRiskInterval(
  fit: NewtonState,
  intervals: number,
  columns: ArrayLike<number>,
  until: number,
  own = 0,
): ValueInterval | null {
  const covariance = covarianceOf(fit);
  return covariance === null ? null : hazardInterval({ ...fit, covariance }, intervals, columns, until, own);
}
