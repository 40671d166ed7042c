/**
 * Weights that stand in for patients whose follow-up ended before a time, from the Kaplan-Meier curve of censoring of the same rows.
 * Source: Graf et al. 1999, "Assessment and comparison of prognostic classification schemes for survival data"; Gerds and Schumacher 2006.
 */
import type { Truth } from '../predictions.ts';
import { kaplanMeier, survivalAt } from './kaplan-meier.ts';

/** A weight is never above this. */
export const MOST_WEIGHT = 10;
/** Below this share still under observation at the horizon, a site's weights say too little. */
export const LEAST_OBSERVED = 0.1;

export interface Censoring {
  /** Share still under observation at a time, in [0, 1]. */
  at(time: number): number;
}

/** The curve of censoring of one site's rows. */
export function censoringOf({ y, time }: Truth): Censoring {
  const steps = kaplanMeier(time!, y, 'censoring');
  return { at: (when) => survivalAt(steps, when) };
}

/**
 * The weight of a row at a time, and what was seen of it.
 *
 * @returns `status` 1 where the event had happened, 0 where it had not; weight 0 where follow-up had ended without saying.
 */
export function weightAt(
  censoring: Censoring,
  when: number,
  time: number,
  event: number,
  most = MOST_WEIGHT,
): { weight: number; status: 0 | 1 } {
  if (time <= when && event === 1) return { weight: capped(censoring.at(time), most), status: 1 };
  if (time > when) return { weight: capped(censoring.at(when), most), status: 0 };
  return { weight: 0, status: 0 };
}

const capped = (share: number, most: number): number => (share > 0 ? Math.min(most, 1 / share) : most);

/**
 * Squared errors of predicted survival at given times, weighted.
 *
 * @param survival - Row-major, shape (n, times.length).
 * @returns Σw·e² and Σw at each time; the Brier score is the first over n.
 */
export function brierSums(
  truth: Truth,
  survival: ArrayLike<number>,
  times: readonly number[],
  most = MOST_WEIGHT,
): { readonly errors: readonly number[]; readonly weights: readonly number[] } {
  const censoring = censoringOf(truth);
  const errors = times.map(() => 0);
  const weights = times.map(() => 0);
  for (const [k, when] of times.entries()) {
    for (let i = 0; i < truth.y.length; i++) {
      const { weight, status } = weightAt(censoring, when, truth.time![i]!, truth.y[i]!, most);
      const error = survival[i * times.length + k]! - (1 - status);
      errors[k] = errors[k]! + weight * error * error;
      weights[k] = weights[k]! + weight;
    }
  }
  return { errors, weights };
}

/** Mean over time from 0 to the last time, by trapezia, of a score that is 0 at 0. */
export function integrate(times: readonly number[], scores: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < times.length; k++) {
    const [from, before] = k === 0 ? [0, 0] : [times[k - 1]!, scores[k - 1]!];
    total += ((times[k]! - from) * (before + scores[k]!)) / 2;
  }
  return total / times[times.length - 1]!;
}
