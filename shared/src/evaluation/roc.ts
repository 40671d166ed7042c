/**
 * The area under the ROC curve of one set of rows, exact, with its variance; and the curve itself.
 *
 * Rules: a tie between an event and a non-event counts one half; labels are 0 or 1.
 * Source: DeLong, DeLong and Clarke-Pearson 1988 (structural components); computed by midranks as in Sun and Xu 2014.
 */
import { sampleVariance } from './spread.ts';

/** Counts over all pairs of one event and one non-event of the same rows. */
export interface PairCounts {
  /** Pairs in which the event has the higher score, ties as one half. */
  readonly concordant: number;
  /** All pairs: events × non-events. */
  readonly pairs: number;
  /** DeLong's variance of the AUROC; null with fewer than two of either class. */
  readonly variance: number | null;
}

export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/**
 * Pair counts of scores against labels, in O(n log n).
 *
 * @param scores - Any finite numbers, shape (n,); higher means more likely an event.
 * @param labels - 0 or 1, shape (n,).
 */
export function pairCounts(scores: ArrayLike<number>, labels: ArrayLike<number>): PairCounts {
  const events = scoresOf(scores, labels, 1);
  const others = scoresOf(scores, labels, 0);
  const fromEvents = placements(events, others);
  const fromOthers = placements(others, events);
  const concordant = fromEvents.reduce((sum, value) => sum + value, 0);
  const pairs = events.length * others.length;
  if (events.length < 2 || others.length < 2) return { concordant, pairs, variance: null };
  const spreadOfEvents = sampleVariance(fromEvents) / (others.length * others.length);
  const spreadOfOthers = sampleVariance(fromOthers) / (events.length * events.length);
  return { concordant, pairs, variance: spreadOfEvents / events.length + spreadOfOthers / others.length };
}

/**
 * Chance that an event has a higher score than a non-event.
 *
 * @returns A number in [0, 1], or null when a class is empty.
 * @example auroc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) // 0.75
 */
export function auroc(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  const { concordant, pairs } = pairCounts(scores, labels);
  return pairs === 0 ? null : concordant / pairs;
}

/** DeLong's variance of `auroc`, or null with fewer than two of either class. */
export function delongVariance(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  return pairCounts(scores, labels).variance;
}

/**
 * The exact ROC curve: one point a distinct score, from (0, 0) to (1, 1). For the rows' owner only, it shows single rows.
 *
 * @returns Points in rising order, or an empty list when a class is empty.
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): readonly RocPoint[] {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const events = order.reduce((sum, i) => sum + labels[i]!, 0);
  const others = order.length - events;
  if (events === 0 || others === 0) return [];
  const points: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  let truePositives = 0;
  for (let at = 0; at < order.length; at++) {
    truePositives += labels[order[at]!]!;
    if (at + 1 < order.length && scores[order[at]!]! === scores[order[at + 1]!]!) continue;
    points.push({ falsePositiveRate: (at + 1 - truePositives) / others, truePositiveRate: truePositives / events });
  }
  return points;
}

function scoresOf(scores: ArrayLike<number>, labels: ArrayLike<number>, label: number): Float64Array {
  return Float64Array.from(scores)
    .filter((_, i) => labels[i] === label)
    .sort();
}

/** For each of `own`, how many of `others` lie below it, ties as one half. @param others - Sorted. */
export function placements(own: Float64Array, others: Float64Array): Float64Array {
  const first = (isPast: (value: number) => boolean): number => {
    let [low, high] = [0, others.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isPast(others[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return own.map((score) => (first((value) => value >= score) + first((value) => value > score)) / 2);
}
