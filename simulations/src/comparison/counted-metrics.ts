/**
 * Metrics of one model on rows that count several times or not at all, as a bootstrap draws them: sorted once, then one pass a draw.
 * Equal to the plain metrics of the repeated rows (tested).
 */
import { directMetrics } from '@consilium/shared/evaluation';
import type { TestRows } from './test-rows.ts';

export const BINARY_METRICS = ['logLoss', 'brier', 'accuracy', 'observedExpected', 'auroc', 'aurocWithin'] as const;

/** One number a metric, in the order of its names; NaN where undefined. */
export type CountedMetrics = (counts: ArrayLike<number>) => Float64Array;

/**
 * @param rows - The test rows; outcomes 0 or 1.
 * @param scores - Probabilities, shape (rows,); a row without a score never counts.
 * @returns A function of each row's count, shape (rows,), to the values of `BINARY_METRICS`.
 */
export function binaryMetrics(rows: TestRows, scores: Float64Array): CountedMetrics {
  const { outcome, site } = rows;
  const order = Uint32Array.from({ length: rows.length }, (_, row) => row)
    .filter((row) => !Number.isNaN(scores[row]))
    .sort((a, b) => scores[a]! - scores[b]!);
  const losses = new Float64Array(rows.length);
  for (const row of order) losses[row] = directMetrics([scores[row]!], [outcome[row]!]).logLoss ?? Number.NaN;
  const sorted = Float64Array.from(order, (row) => scores[row]!);
  return (counts) => {
    let n = 0;
    let events = 0;
    let logLoss = 0;
    let brier = 0;
    let correct = 0;
    let expected = 0;
    for (const row of order) {
      const count = counts[row]!;
      const score = scores[row]!;
      const label = outcome[row]!;
      n += count;
      events += count * label;
      logLoss += count * losses[row]!;
      brier += count * (score - label) ** 2;
      correct += score >= 0.5 === (label === 1) ? count : 0;
      expected += count * score;
    }
    const everywhere = rankedPairs(order, sorted, counts, outcome, null, 1);
    const within = rankedPairs(order, sorted, counts, outcome, site, rows.sites.length);
    return Float64Array.of(logLoss / n, brier / n, correct / n, expected > 0 ? events / expected : Number.NaN, everywhere, within);
  };
}

/** Concordant pairs over all pairs, ties as halves, of rows of the same group; rows come by rising score. */
function rankedPairs(
  order: Uint32Array,
  sorted: Float64Array,
  counts: ArrayLike<number>,
  outcome: Float64Array,
  group: Int32Array | null,
  groups: number,
): number {
  const below = new Float64Array(groups); // non-events with a lower score
  const tiedEvents = new Float64Array(groups);
  const tiedOthers = new Float64Array(groups);
  const events = new Float64Array(groups);
  let concordant = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    for (; end < order.length && sorted[end] === sorted[start]; end++) {
      const row = order[end]!;
      const at = group === null ? 0 : group[row]!;
      if (outcome[row] === 1) tiedEvents[at]! += counts[row]!;
      else tiedOthers[at]! += counts[row]!;
    }
    for (let i = start; i < end; i++) {
      const at = group === null ? 0 : group[order[i]!]!;
      concordant += tiedEvents[at]! * (below[at]! + tiedOthers[at]! / 2);
      events[at]! += tiedEvents[at]!;
      below[at]! += tiedOthers[at]!;
      tiedEvents[at] = 0;
      tiedOthers[at] = 0;
    }
    start = end;
  }
  const pairs = events.reduce((sum, count, at) => sum + count * below[at]!, 0);
  return pairs > 0 ? concordant / pairs : Number.NaN;
}
