/**
 * A site's part of an evaluation: one vector that adds up over sites, and nothing else crosses.
 *
 * Rules: a site counts in the histogram of a class only with at least `smallestCell` patients of that class, and in the pairs only with
 * that many of each, else they are zeros; pair counts are in units of 2^16 pairs and their variance in units of 2^32, so that large hospitals fit the ring and
 * small ones keep their precision (both are powers of two, so nothing is rounded here).
 * Source: the constructions of `docs/protocol.md`; DeLong et al. 1988; Vickers and Elkin 2006 for net benefit.
 */
import { pairCounts } from './roc.ts';
import { expectScores, logLossOfScore } from './scores.ts';

export interface EvaluationOptions {
  /** Equal-width score bins of the histogram, at least 2. */
  readonly bins: number;
  /** Risk thresholds in (0, 1) at which true and false positives are counted. */
  readonly thresholds: readonly number[];
  /** Fewest patients of each class with which a site contributes to parts that look at one class. */
  readonly smallestCell: number;
}

export const PAIR_UNIT = 2 ** 16;
export const PAIR_VARIANCE_UNIT = 2 ** 32;
/** Entries before the thresholds. */
export const PLAIN_SUMS = ['n', 'events', 'logLoss', 'brier', 'correct', 'predicted'] as const;
/** Entries between the thresholds and the histogram. */
export const PAIR_SUMS = ['concordantPairs', 'pairs', 'pairVariance', 'informativeSites'] as const;

/** Names of the entries, in order. */
export function evaluationNames(options: Pick<EvaluationOptions, 'bins' | 'thresholds'>): readonly string[] {
  const bins = Array.from({ length: options.bins }, (_, bin) => bin);
  return [
    ...PLAIN_SUMS,
    ...options.thresholds.flatMap((threshold) => [`truePositives@${threshold}`, `falsePositives@${threshold}`]),
    ...PAIR_SUMS,
    ...bins.map((bin) => `nonEvents#${bin}`),
    ...bins.map((bin) => `events#${bin}`),
  ];
}

/** Number of entries. */
export function evaluationLength(options: Pick<EvaluationOptions, 'bins' | 'thresholds'>): number {
  return PLAIN_SUMS.length + 2 * options.thresholds.length + PAIR_SUMS.length + 2 * options.bins;
}

/**
 * The sums over a site's rows.
 *
 * @param input.scores - Predicted probabilities in [0, 1], shape (n,); n may be 0.
 * @param input.labels - 0 or 1, shape (n,).
 * @returns Shape (evaluationLength(options),), in the order of `evaluationNames`; log-loss in nats.
 * @throws RangeError on a score or label out of range.
 */
export function siteEvaluation(input: {
  readonly scores: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly options: EvaluationOptions;
}): Float64Array {
  const { scores, labels, options } = input;
  expectScores('siteEvaluation', scores, labels);
  const sums = new Float64Array(evaluationLength(options));
  const add = (index: number, value: number) => {
    sums[index] = sums[index]! + value;
  };
  const thresholdsStart = PLAIN_SUMS.length;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const label = labels[i]!;
    const plain = [1, label, logLossOfScore(score, label), (score - label) ** 2, (score >= 0.5 ? 1 : 0) === label ? 1 : 0, score];
    for (const [index, value] of plain.entries()) add(index, value);
    for (const [index, threshold] of options.thresholds.entries()) {
      if (score >= threshold) add(thresholdsStart + 2 * index + (label === 1 ? 0 : 1), 1);
    }
  }
  const events = sums[1]!;
  const pairsStart = thresholdsStart + 2 * options.thresholds.length;
  const isEnough = [scores.length - events, events].map((count) => count > 0 && count >= options.smallestCell);
  const { concordant, pairs, variance } = pairCounts(scores, labels);
  if (isEnough[0] && isEnough[1] && variance !== null) {
    sums[pairsStart] = concordant / PAIR_UNIT;
    sums[pairsStart + 1] = pairs / PAIR_UNIT;
    sums[pairsStart + 2] = (pairs * pairs * variance) / PAIR_VARIANCE_UNIT;
    sums[pairsStart + 3] = 1;
  }
  const histogramStart = pairsStart + PAIR_SUMS.length;
  for (let i = 0; i < scores.length; i++) {
    if (!isEnough[labels[i]!]) continue;
    const bin = Math.min(options.bins - 1, Math.floor(scores[i]! * options.bins));
    add(histogramStart + labels[i]! * options.bins + bin, 1);
  }
  return sums;
}
