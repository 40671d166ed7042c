/**
 * Logits of an exact logistic fit for its own training rows as if each row had been left out, from the released information matrix: one
 * Newton step away from the fit without the row. A site can do this alone; nothing is asked of others.
 * Source: Pregibon 1981; Rad and Maleki 2020, "A scalable estimate of the out-of-sample prediction error via approximate leave-one-out".
 */
import { linearPredictor, type Rows, sigmoid } from '../../models/index.ts';
import { cholesky, choleskySolve } from '../cholesky.ts';
import { type NewtonState, penalizedHessian } from '../newton.ts';

/** @returns Logits, shape (rows,); those of the fit itself where it has no information matrix. */
export function leaveOneOutLogits(fit: NewtonState, rows: Rows): Float64Array {
  const logits = linearPredictor(fit.coefficients, rows);
  const factor = fit.information === null ? null : cholesky(penalizedHessian(fit.information, fit), fit.size);
  if (factor === null) return logits;
  return logits.map((logit, i) => {
    const row = Float64Array.of(1, ...rows.x.subarray(i * rows.width, (i + 1) * rows.width));
    const solved = choleskySolve(factor, row);
    const leverage = row.reduce((sum, value, j) => sum + value * solved[j]!, 0);
    const p = sigmoid(logit);
    // 1 − leverage · weight is above 0: the row's own weight is part of the matrix.
    return logit - (leverage * (rows.y[i]! - p)) / Math.max(1e-9, 1 - leverage * p * (1 - p));
  });
}
