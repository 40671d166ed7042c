/**
 * Harrell's C from pair counts of one set of rows. A pair can be compared where the one with the shorter time had the event, or where
 * both times are equal and one of the two had it; equal scores count one half.
 * Source: Harrell et al. 1982, "Evaluating the yield of medical tests"; ties of time as in the `survival` package of R.
 */

export interface ConcordancePairs {
  readonly concordant: number;
  /** Comparable pairs with equal scores. */
  readonly tied: number;
  readonly comparable: number;
}

/**
 * Counts pairs in O(n log n), by a tree of how many rows still at risk have each score.
 *
 * @param scores - Higher means earlier events, shape (n,).
 * @param time - 0 or more. @param event - 1 seen, 0 censored.
 */
export function concordancePairs(scores: ArrayLike<number>, time: ArrayLike<number>, event: ArrayLike<number>): ConcordancePairs {
  const n = scores.length;
  const ranks = rankOf(scores);
  const tree = new Float64Array(n + 1);
  const atRank = new Float64Array(n + 1);
  const add = (rank: number) => {
    atRank[rank] = atRank[rank]! + 1;
    for (let k = rank; k <= n; k += k & -k) tree[k] = tree[k]! + 1;
  };
  const below = (rank: number): number => {
    let sum = 0;
    for (let k = rank - 1; k > 0; k -= k & -k) sum += tree[k]!;
    return sum;
  };
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => time[b]! - time[a]!);
  let [concordant, tied, comparable, present] = [0, 0, 0, 0];
  for (let at = 0; at < n; ) {
    const now = time[order[at]!]!;
    const group: number[] = [];
    for (; at < n && time[order[at]!] === now; at++) group.push(order[at]!);
    // Those censored at this very time are still at risk when its events happen.
    for (const i of group) {
      if (event[i] === 1) continue;
      add(ranks[i]!);
      present += 1;
    }
    const events = group.filter((i) => event[i] === 1);
    for (const i of events) {
      comparable += present;
      concordant += below(ranks[i]!);
      tied += atRank[ranks[i]!]!;
    }
    for (const i of events) add(ranks[i]!);
    present += events.length;
  }
  return { concordant, tied, comparable };
}

/** Harrell's C, or null where no pair can be compared. */
export function concordance(scores: ArrayLike<number>, time: ArrayLike<number>, event: ArrayLike<number>): number | null {
  const { concordant, tied, comparable } = concordancePairs(scores, time, event);
  return comparable === 0 ? null : (concordant + tied / 2) / comparable;
}

/** Dense ranks from 1, equal for equal scores. */
export function rankOf(scores: ArrayLike<number>): Int32Array {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const ranks = new Int32Array(scores.length);
  let rank = 0;
  order.forEach((i, k) => {
    if (k === 0 || scores[i] !== scores[order[k - 1]!]) rank += 1;
    ranks[i] = rank;
  });
  return ranks;
}
