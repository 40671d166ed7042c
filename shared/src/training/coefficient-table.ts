/**
 * The coefficients of an ended fit with their uncertainty.
 *
 * Rules: without a ridge, standard errors, 95 % intervals and Wald p-values from H⁻¹; with a ridge, the spread √diag(H⁻¹ I H⁻¹) of
 * the penalised estimate, without interval or p-value, because the estimate is biased towards 0.
 * Source: Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 4.4; Gray 1992 for the penalised covariance.
 */
import { cholesky, choleskyInverse, packedIndex } from './cholesky.ts';
import { type NewtonState, penalizedHessian } from './newton.ts';
import { normalTail } from './normal-tail.ts';

export interface CoefficientRow {
  readonly name: string;
  readonly value: number;
  /** Standard error, or the spread where the fit is penalised; null when the fit did not converge. */
  readonly standardError: number | null;
  /** 95 % interval; null where the fit is penalised or did not converge. */
  readonly interval: readonly [number, number] | null;
  /** Two-sided Wald p-value in [0, 1]; null where the fit is penalised or did not converge. */
  readonly pValue: number | null;
}

/** 97.5 % point of the standard normal distribution. */
const NORMAL_97_5 = 1.959963984540054;

/**
 * One row a coefficient, the intercept first under the name `intercept`.
 *
 * @param state - A fit; only a converged one has uncertainty.
 * @param names - Names of the design columns, shape (width,), without the intercept.
 * @throws RangeError when the number of names is not the width.
 */
export function coefficientTable(state: NewtonState, names: readonly string[]): readonly CoefficientRow[] {
  if (names.length !== state.width) throw new RangeError(`coefficientTable: expected ${state.width} names, got ${names.length}`);
  const errors = state.converged ? standardErrors(state) : null;
  return ['intercept', ...names].map((name, j) => {
    const value = state.coefficients[j]!;
    const standardError = errors === null ? null : errors[j]!;
    if (standardError === null || state.ridge > 0) return { name, value, standardError, interval: null, pValue: null };
    const margin = NORMAL_97_5 * standardError;
    const pValue = Math.min(1, 2 * normalTail(Math.abs(value / standardError)));
    return { name, value, standardError, interval: [value - margin, value + margin], pValue };
  });
}

function standardErrors(state: NewtonState): readonly number[] | null {
  const size = state.width + 1;
  if (state.information === null) return null;
  const information = state.information;
  const factor = cholesky(penalizedHessian(information, size, state.ridge), size);
  if (factor === null) return null;
  const inverse = choleskyInverse(factor);
  return Array.from({ length: size }, (_, j) => {
    if (state.ridge === 0) return Math.sqrt(inverse[j * size + j]!);
    let variance = 0;
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const entry = information[packedIndex(size, Math.min(a, b), Math.max(a, b))]!;
        variance += inverse[j * size + a]! * entry * inverse[b * size + j]!;
      }
    }
    return Math.sqrt(variance);
  });
}
