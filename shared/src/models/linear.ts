/**
 * Logistic regression: one intercept and one coefficient a column.
 *
 * Rules: coefficients are [intercept, ...columns]; exp is taken of non-positive numbers only, so nothing overflows.
 */
import type { Rows } from './rows.ts';

/**
 * The logistic function, stable at both ends.
 *
 * @param logit - Any number; ±Infinity give 0 and 1.
 * @returns A probability in [0, 1].
 * @example sigmoid(0) // 0.5
 */
export function sigmoid(logit: number): number {
  if (logit >= 0) return 1 / (1 + Math.exp(-logit));
  const odds = Math.exp(logit);
  return odds / (1 + odds);
}

/**
 * The linear predictor of every row.
 *
 * @param coefficients - [intercept, ...columns], shape (width + 1,).
 * @returns Logits, shape (rows,).
 * @throws RangeError when the number of coefficients is not width + 1.
 */
export function linearPredictor(coefficients: ArrayLike<number>, rows: Rows): Float64Array {
  const { x, width } = rows;
  if (coefficients.length !== width + 1) {
    throw new RangeError(`linearPredictor: expected ${width + 1} coefficients, got ${coefficients.length}`);
  }
  const logits = new Float64Array(rows.rows);
  for (let i = 0; i < rows.rows; i++) {
    let sum = coefficients[0]!;
    for (let j = 0; j < width; j++) sum += coefficients[j + 1]! * x[i * width + j]!;
    logits[i] = sum;
  }
  return logits;
}

/**
 * The probability of the outcome for every row.
 *
 * @param coefficients - [intercept, ...columns], shape (width + 1,).
 * @returns Probabilities, shape (rows,), each in [0, 1].
 * @throws RangeError when the number of coefficients is not width + 1.
 * @example predictLogistic(Float64Array.of(0, 1), { x: Float64Array.of(0), y: Float64Array.of(1), rows: 1, width: 1 }) // Float64Array [0.5]
 */
export function predictLogistic(coefficients: ArrayLike<number>, rows: Rows): Float64Array {
  return linearPredictor(coefficients, rows).map(sigmoid);
}
