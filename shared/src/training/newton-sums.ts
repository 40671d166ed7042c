/**
 * A site's part of one Newton iteration of logistic regression: n, log-loss, gradient and Hessian, as one vector that adds up over sites.
 *
 * Layout: [n, loss, gradient (width + 1), upper triangle of the Hessian packed row by row]; index 0 of both is the intercept.
 * Nothing here is penalised: the ridge is added once, to the sum.
 */
import { linearPredictor, type Rows, sigmoid } from '../models/index.ts';
import { packedIndex } from './cholesky.ts';

/** Entries of the vector that `newtonSums` returns for a matrix with `width` columns. */
export function newtonSumsLength(width: number): number {
  return fitSumsLength(width + 1);
}

/** Entries of any fit's sums with `size` parameters: [n, loss, gradient, packed Hessian]. */
export function fitSumsLength(size: number): number {
  return 2 + size + (size * (size + 1)) / 2;
}

/**
 * Sums of the log-loss and its first two derivatives over a site's rows.
 *
 * @param rows - Standardised rows; zero rows give zeros.
 * @param coefficients - [intercept, ...columns], shape (width + 1,).
 * @returns Shape (newtonSumsLength(width),); see the layout above. The log-loss is in nats.
 * @throws RangeError when the number of coefficients is not width + 1.
 * @example newtonSums({ x: Float64Array.of(2), y: Float64Array.of(1), rows: 1, width: 1 }, [0, 0]) // [1, 0.6931…, -0.5, -1, 0.25, 0.5, 1]
 */
export function newtonSums(rows: Rows, coefficients: ArrayLike<number>): Float64Array {
  const { x, y, width } = rows;
  const size = width + 1;
  const sums = new Float64Array(newtonSumsLength(width));
  const gradient = sums.subarray(2, 2 + size);
  const hessian = sums.subarray(2 + size);
  const logits = linearPredictor(coefficients, rows);
  const row = new Float64Array(size);
  row[0] = 1;
  sums[0] = rows.rows;
  for (let i = 0; i < rows.rows; i++) {
    const logit = logits[i]!;
    const probability = sigmoid(logit);
    const residual = probability - y[i]!;
    const curvature = probability * (1 - probability);
    sums[1] = sums[1]! + logLossOfLogit(logit, y[i]!);
    for (let j = 0; j < width; j++) row[j + 1] = x[i * width + j]!;
    for (let j = 0; j < size; j++) {
      gradient[j] = gradient[j]! + residual * row[j]!;
      const scaled = curvature * row[j]!;
      const start = packedIndex(size, j, j) - j;
      for (let k = j; k < size; k++) hessian[start + k] = hessian[start + k]! + scaled * row[k]!;
    }
  }
  return sums;
}

/** log(1 + exp(logit)) − y·logit without overflow. */
function logLossOfLogit(logit: number, y: number): number {
  return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - y * logit;
}
