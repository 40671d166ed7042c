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
import { studentQuantile, studentTail } from './student-t.ts';

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
 * @param names - Names of the design columns, shape (size − 1,), without the intercept.
 * @throws RangeError when the number of names does not fit.
 */
export function coefficientTable(state: NewtonState, names: readonly string[]): readonly CoefficientRow[] {
  return parameterTable(state, ['intercept', ...names]);
}

/**
 * One row a parameter of any fit.
 *
 * @param names - Shape (size,).
 * @param dispersion - Residual variance in the loss's own unit (1 but for a linear regression), with the degrees of freedom of its
 *   t distribution; without them p-values and intervals are normal.
 * @throws RangeError when the number of names is not the number of parameters.
 */
export function parameterTable(
  state: NewtonState,
  names: readonly string[],
  dispersion: { readonly variance: number; readonly freedom: number } | null = null,
): readonly CoefficientRow[] {
  if (names.length !== state.size) throw new RangeError(`parameterTable: expected ${state.size} names, got ${names.length}`);
  const covariance = state.converged ? covarianceOf(state) : null;
  const quantile = dispersion === null ? NORMAL_97_5 : studentQuantile(0.975, dispersion.freedom);
  const tail = (z: number) => (dispersion === null ? normalTail(z) : studentTail(z, dispersion.freedom));
  return names.map((name, j) => {
    const value = state.coefficients[j]!;
    const standardError = covariance === null ? null : Math.sqrt(covariance[j * state.size + j]! * (dispersion?.variance ?? 1));
    if (standardError === null || state.ridge > 0) return { name, value, standardError, interval: null, pValue: null };
    const margin = quantile * standardError;
    return {
      name,
      value,
      standardError,
      interval: [value - margin, value + margin],
      pValue: Math.min(1, 2 * tail(Math.abs(value / standardError))),
    };
  });
}

/**
 * The covariance of a fit's parameters: H⁻¹ without a ridge, H⁻¹ I H⁻¹ with one.
 *
 * @returns Row-major, shape (size, size); null when the fit has no finite optimum. In units of the dispersion, where there is one.
 */
export function covarianceOf(state: NewtonState): Float64Array | null {
  const { size, information } = state;
  if (!state.converged || information === null) return null;
  const factor = cholesky(penalizedHessian(information, state), size);
  if (factor === null) return null;
  const inverse = choleskyInverse(factor);
  if (state.ridge === 0) return inverse;
  const half = new Float64Array(size * size);
  const covariance = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let b = 0; b < size; b++) {
      let sum = 0;
      for (let a = 0; a < size; a++) sum += inverse[j * size + a]! * information[packedIndex(size, Math.min(a, b), Math.max(a, b))]!;
      half[j * size + b] = sum;
    }
  }
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) {
      let sum = 0;
      for (let b = 0; b < size; b++) sum += half[j * size + b]! * inverse[b * size + k]!;
      covariance[j * size + k] = sum;
    }
  }
  return covariance;
}

/** Effective number of parameters of a ridge fit, tr(H⁻¹ I); the number of parameters without a ridge. */
export function effectiveParameters(state: NewtonState): number {
  const { size, information, ridge } = state;
  if (ridge === 0 || information === null) return size;
  const factor = cholesky(penalizedHessian(information, state), size);
  if (factor === null) return size;
  const inverse = choleskyInverse(factor);
  let trace = 0;
  for (let j = 0; j < size; j++) {
    for (let a = 0; a < size; a++) trace += inverse[j * size + a]! * information[packedIndex(size, Math.min(a, j), Math.max(a, j))]!;
  }
  return trace;
}
