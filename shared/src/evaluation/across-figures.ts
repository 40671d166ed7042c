/** A hospital's own figures whose spread over hospitals is told: the log-odds of its AUROC and the log of observed over expected. */
import type { SiteFigure } from './across-sites.ts';
import { pairCounts } from './roc.ts';

/** A finer standard error than 0.011 counts as that, and a figure beyond e^±7 is none: so every weight fits the sum. */
const LEAST_VARIANCE = 2 ** -13;
const FARTHEST = 7;
const bounded = (value: number, variance: number): SiteFigure | null =>
  Math.abs(value) > FARTHEST ? null : { value, variance: Math.max(variance, LEAST_VARIANCE) };

/**
 * @param scores - Probabilities, shape (n,). @param labels - 0 or 1, shape (n,).
 * @returns Null where the hospital has fewer of a class than the floor, or the figure has no finite variance. Variance of log O:E: (1 − O/n) / O
 *   (Debray et al. 2017); of logit AUROC by the delta method from DeLong's.
 */
export function acrossFigures(scores: ArrayLike<number>, labels: ArrayLike<number>, floor: number): readonly (SiteFigure | null)[] {
  const n = labels.length;
  const events = Array.from(labels).reduce((sum, value) => sum + value, 0);
  if (events < Math.max(2, floor) || n - events < Math.max(2, floor)) return [null, null];
  const { concordant, pairs, variance } = pairCounts(scores, labels);
  const auroc = concordant / pairs;
  const odds = auroc * (1 - auroc);
  const expected = Array.from(scores).reduce((sum, value) => sum + value, 0);
  return [
    odds > 0 && variance !== null ? bounded(Math.log(auroc / (1 - auroc)), variance / (odds * odds)) : null,
    expected > 0 ? bounded(Math.log(events / expected), (1 - events / n) / events) : null,
  ];
}
