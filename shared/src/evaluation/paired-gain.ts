/**
 * What one model is worth beside another on the same patients: paired differences with their 95 % intervals. For rows that lie in one place.
 * Source: DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837 (two correlated areas under the curve).
 */
import { type Interval, meanInterval } from './intervals.ts';

export interface PairedDifference {
  /** Of the second less the first. */
  readonly value: number;
  /** Null where the differences have no spread that could be told. */
  readonly interval: Interval | null;
}

/** Mean difference of two columns of losses. @returns Null without two rows. @throws RangeError when the lengths differ. */
export function pairedLossDifference(first: ArrayLike<number>, second: ArrayLike<number>): PairedDifference | null {
  const n = first.length;
  if (second.length !== n) throw new RangeError(`pairedLossDifference: expected ${n} losses, got ${second.length}`);
  if (n < 2) return null;
  const differences = Array.from(first, (loss, i) => second[i]! - loss);
  const value = mean(differences);
  return { value, interval: meanInterval(value, Math.sqrt(variance(differences) / n)) };
}

/**
 * Difference of two areas under the ROC curve.
 *
 * @param labels - 0 or 1, shape (n,).
 * @returns Null with fewer than two of either class.
 */
export function pairedAurocDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): PairedDifference | null {
  const at = (label: number): number[] => Array.from(labels, (own, i) => (own === label ? i : -1)).filter((i) => i >= 0);
  const [events, others] = [at(1), at(0)];
  if (events.length < 2 || others.length < 2) return null;
  const parts = [first, second].map((scores) => components(pick(scores, events), pick(scores, others)));
  const [a, b] = parts as [Components, Components];
  const ofEvents = a.events.map((value, i) => b.events[i]! - value);
  const ofOthers = a.others.map((value, i) => b.others[i]! - value);
  const value = mean(ofEvents);
  return { value, interval: meanInterval(value, Math.sqrt(variance(ofEvents) / events.length + variance(ofOthers) / others.length)) };
}

interface Components {
  /** Share of the others below each event, and of the events above each other; ties count one half. */
  readonly events: readonly number[];
  readonly others: readonly number[];
}

function components(events: readonly number[], others: readonly number[]): Components {
  const [sortedEvents, sortedOthers] = [events, others].map((scores) => Float64Array.from(scores).sort()) as [Float64Array, Float64Array];
  return {
    events: events.map((score) => shareBelow(sortedOthers, score)),
    others: others.map((score) => 1 - shareBelow(sortedEvents, score)),
  };
}

/** Share of sorted values below a score, ties as one half. */
function shareBelow(sorted: Float64Array, score: number): number {
  const first = (isPast: (value: number) => boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isPast(sorted[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return (first((value) => value >= score) + first((value) => value > score)) / 2 / sorted.length;
}

const pick = (values: ArrayLike<number>, at: readonly number[]): number[] => at.map((i) => values[i]!);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]): number => {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
};
