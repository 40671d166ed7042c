/**
 * The site's own intercept: one number b added to the shared model's logit, at the minimum of Σ log-loss + ½b² over the site's training
 * rows, by scores as if each row had not been trained on. With no events the penalty keeps it finite. The default.
 * Source: Steyerberg 2019, "Clinical Prediction Models", 20.1 (recalibration in the large), with a normal prior of SD 1.
 */
import { sigmoid } from '../../models/index.ts';
import { type Personalisation, unchanged } from './personalisation.ts';

export const intercept: Personalisation = {
  kind: 'intercept',
  needsNetwork: false,
  fit: ({ train, outOfFold }) => {
    if (train.rows === 0) return unchanged('This hospital has no training rows to adapt to.');
    const b = ownIntercept(outOfFold, train.y);
    return { model: (_, logits) => logits.map((logit) => logit + b), weights: null, note: null };
  },
};

/**
 * The minimum of Σ log-loss(logit + b) + ½b², by Newton's method; the loss is strictly convex in b.
 *
 * @example ownIntercept(Float64Array.of(0, 0), Float64Array.of(1, 0)) // 0
 */
export function ownIntercept(logits: Float64Array, outcomes: ArrayLike<number>): number {
  let b = 0;
  for (let iteration = 0; iteration < 100; iteration++) {
    let gradient = b;
    let curvature = 1;
    for (let i = 0; i < logits.length; i++) {
      const p = sigmoid(logits[i]! + b);
      gradient += p - outcomes[i]!;
      curvature += p * (1 - p);
    }
    // Never more than one unit at a time: far out the curvature is only the penalty's.
    const step = Math.max(-1, Math.min(1, gradient / curvature));
    b -= step;
    if (Math.abs(step) < 1e-12) break;
  }
  return b;
}
