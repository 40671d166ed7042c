/**
 * What one model is worth beside another on the same patients: paired differences with their 95 % intervals. For rows that lie in one place.
 * Source: DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837 (two correlated areas under the curve).
 */
import { type Interval, meanInterval } from './intervals.ts';
import { placements } from './roc.ts';
import { errorOfMean, mean } from './spread.ts';

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
  return { value, interval: meanInterval(value, errorOfMean(differences)) };
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
  return { value, interval: meanInterval(value, Math.hypot(errorOfMean(ofEvents), errorOfMean(ofOthers))) };
}

interface Components {
  /** Share of the others below each event, and of the events above each other; ties count one half. */
  readonly events: Float64Array;
  readonly others: Float64Array;
}

function components(events: Float64Array, others: Float64Array): Components {
  return {
    events: placements(events, others.toSorted()).map((below) => below / others.length),
    others: placements(others, events.toSorted()).map((below) => 1 - below / events.length),
  };
}

const pick = (values: ArrayLike<number>, at: readonly number[]): Float64Array => Float64Array.from(at, (i) => values[i]!);
