/** Numbers of a column as counts over equal bins, before and after a conversion, on one axis beside the plausible range. */
import type { HistogramView } from './data-calls.ts';

const BINS = 40;

/**
 * @param before - As the file has them.
 * @param after - In the study's unit; null where nothing is converted.
 * @param range - Plausible, in the study's unit.
 * @returns Null when there is no number. The axis holds the middle 98 % of both, and of the range what lies near them; values beyond it
 *   are counted in the end bins.
 */
export function binValues(before: Float64Array, after: Float64Array | null, range: readonly [number, number]): HistogramView | null {
  if (before.length === 0) return null;
  const sorted = [before, ...(after === null ? [] : [after])].map((values) => Float64Array.from(values).sort());
  const [low, high] = axisOf(sorted, range);
  const outside = (values: Float64Array) => values.reduce((count, value) => count + Number(value < range[0] || value > range[1]), 0);
  return {
    low,
    high,
    before: countsOf(before, low, high),
    after: after === null ? null : countsOf(after, low, high),
    outsideBefore: outside(before),
    outsideAfter: outside(after ?? before),
  };
}

function axisOf(sorted: readonly Float64Array[], [least, most]: readonly [number, number]): readonly [number, number] {
  const low = Math.min(...sorted.map((values) => values[Math.floor(0.01 * (values.length - 1))] ?? least));
  const high = Math.max(...sorted.map((values) => values[Math.ceil(0.99 * (values.length - 1))] ?? most));
  // A plausible range is often far wider than what is measured: of that only so much is shown as the values span.
  const reach = Math.max(high - low, (most - least) / 10);
  const ends = [Math.max(Math.min(low, least), low - reach / 2), Math.min(Math.max(high, most), high + reach / 2)] as const;
  return ends[1] > ends[0] ? ends : [ends[0] - 0.5, ends[0] + 0.5];
}

function countsOf(values: Float64Array, low: number, high: number): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * BINS)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
