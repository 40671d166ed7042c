/** The checks and small losses that every metric shares. Scores are probabilities, labels 0 or 1. */

/** A probability nearer to 0 or 1 than this is taken at this distance, so that one sure mistake does not make the log-loss infinite. */
export const LEAST_PROBABILITY = 1e-15;

/** @throws RangeError when lengths differ, a score is not in [0, 1] or a label is not 0 or 1. */
export function expectScores(what: string, scores: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (scores.length !== labels.length) throw new RangeError(`${what}: expected ${scores.length} labels, got ${labels.length}`);
  for (let i = 0; i < scores.length; i++) {
    if (!(scores[i]! >= 0 && scores[i]! <= 1)) throw new RangeError(`${what}: score ${i} is not within [0, 1]`);
    if (labels[i] !== 0 && labels[i] !== 1) throw new RangeError(`${what}: label ${i} is neither 0 nor 1`);
  }
}

/** The probability moved to within [1e-15, 1 − 1e-15]. */
export function clipProbability(score: number): number {
  return Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, score));
}

/** Log-loss of one row, in nats. */
export function logLossOfScore(score: number, label: number): number {
  const clipped = clipProbability(score);
  return label === 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
}

/** Log odds of a score, finite after clipping. */
export function logit(score: number): number {
  const clipped = clipProbability(score);
  return Math.log(clipped) - Math.log1p(-clipped);
}
