/**
 * How far Harrell's C of one set of rows lies from that of all such patients: the infinitesimal jackknife, each row's own part in C.
 * Source: Therneau and Watson 2015, "The concordance statistic and the Cox model" (the variance of `concordance` in R's survival package).
 */
import { rankOf } from './concordance.ts';

/**
 * Variance of C, in O(n log n): Σᵢ ((aᵢ − C·bᵢ) / N)² with aᵢ the concordant pairs of row i (ties half), bᵢ its comparable pairs, N all of them.
 *
 * @param scores - Higher means earlier events, shape (n,).
 * @param time - 0 or more. @param event - 1 seen, 0 censored.
 * @returns Null where no pair can be compared.
 */
export function concordanceVariance(scores: ArrayLike<number>, time: ArrayLike<number>, event: ArrayLike<number>): number | null {
  const n = scores.length;
  const ranks = rankOf(scores);
  const agreeing = new Float64Array(n);
  const compared = new Float64Array(n);
  const groups = byTime(time);
  const isEvent = (i: number): boolean => event[i] === 1;

  // Each event with the rows that outlive it: they should have lower scores.
  const later = counter(n);
  for (const group of groups.toReversed()) {
    for (const i of group) if (!isEvent(i)) later.add(ranks[i]!);
    for (const i of group) {
      if (!isEvent(i)) continue;
      const below = later.upTo(ranks[i]! - 1);
      agreeing[i] = agreeing[i]! + below + (later.upTo(ranks[i]!) - below) / 2;
      compared[i] = compared[i]! + later.upTo(n);
    }
    for (const i of group) if (isEvent(i)) later.add(ranks[i]!);
  }
  const all = compared.reduce((sum, value) => sum + value, 0);
  const concordance = agreeing.reduce((sum, value) => sum + value, 0) / all;
  if (!(all > 0)) return null;

  // Each row with the events it outlives: they should have higher scores.
  const earlier = counter(n);
  const outlives = (i: number): void => {
    const [below, upTo] = [earlier.upTo(ranks[i]! - 1), earlier.upTo(ranks[i]!)];
    const total = earlier.upTo(n);
    agreeing[i] = agreeing[i]! + (total - upTo) + (upTo - below) / 2;
    compared[i] = compared[i]! + total;
  };
  for (const group of groups) {
    for (const i of group) if (isEvent(i)) outlives(i);
    for (const i of group) if (isEvent(i)) earlier.add(ranks[i]!);
    for (const i of group) if (!isEvent(i)) outlives(i);
  }
  return agreeing.reduce((sum, value, i) => sum + ((value - concordance * compared[i]!) / all) ** 2, 0);
}

/** Rows of equal times, by rising time. */
function byTime(time: ArrayLike<number>): number[][] {
  const order = Array.from({ length: time.length }, (_, i) => i).sort((a, b) => time[a]! - time[b]!);
  const groups: number[][] = [];
  for (const i of order) {
    const last = groups.at(-1);
    if (last !== undefined && time[last[0]!] === time[i]) last.push(i);
    else groups.push([i]);
  }
  return groups;
}

/** Counts by rank, 1 to n, and how many are at or below one (Fenwick 1994). */
function counter(n: number) {
  const tree = new Float64Array(n + 1);
  return {
    add(rank: number): void {
      for (let k = rank; k <= n; k += k & -k) tree[k] = tree[k]! + 1;
    },
    upTo(rank: number): number {
      let sum = 0;
      for (let k = rank; k > 0; k -= k & -k) sum += tree[k]!;
      return sum;
    },
  };
}
