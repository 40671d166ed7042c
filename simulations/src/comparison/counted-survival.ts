/**
 * Metrics of times to an event on rows that count several times or not at all: Harrell's C within sites and pooled, and the Brier score at
 * the horizon, weighted by each site's own curve of censoring. Equal to the plain metrics of the repeated rows (tested).
 */
import type { CountedMetrics } from './counted-metrics.ts';
import type { TestRows } from './test-rows.ts';

export const SURVIVAL_METRICS = ['concordanceWithin', 'concordance', 'brierAtHorizon'] as const;

const MOST_WEIGHT = 10;
const LEAST_OBSERVED = 0.1;

/**
 * @param scores - Higher means earlier events; risks by the horizon where `isRisk`, shape (rows,).
 * @param horizon - In the unit of time.
 */
export function survivalMetrics(rows: TestRows, scores: Float64Array, horizon: number, isRisk: boolean): CountedMetrics {
  const scored = Array.from(rows.site.keys()).filter((row) => !Number.isNaN(scores[row]));
  const bySite = rows.sites.map((_, site) => scored.filter((row) => rows.site[row] === site));
  const everywhere = pairCounter(rows, scores, scored);
  const within = bySite.map((own) => pairCounter(rows, scores, own));
  const errors = isRisk ? bySite.map((own) => brierCounter(rows, scores, own, horizon)) : [];
  return (counts) => {
    const all = everywhere(counts);
    const own = within.map((count) => count(counts));
    const comparable = own.reduce((sum, pair) => sum + pair.comparable, 0);
    const kept = errors.flatMap((count) => count(counts) ?? []);
    const n = kept.reduce((sum, part) => sum + part.n, 0);
    return Float64Array.of(
      own.reduce((sum, pair) => sum + pair.agreeing, 0) / comparable,
      all.agreeing / all.comparable,
      kept.reduce((sum, part) => sum + part.errors, 0) / n,
    );
  };
}

/** Pairs in O(n log n) a draw, by a tree of how many rows still at risk have each score; ties of scores count one half. */
function pairCounter(rows: TestRows, scores: Float64Array, own: readonly number[]) {
  const { time, outcome } = rows;
  const values = [...new Set(own.map((row) => scores[row]!))].sort((a, b) => a - b);
  const rankOf = new Map(values.map((value, at) => [value, at + 1]));
  const order = [...own].sort((a, b) => time[b]! - time[a]!);
  const ranks = order.map((row) => rankOf.get(scores[row]!)!);
  return (counts: ArrayLike<number>): { readonly agreeing: number; readonly comparable: number } => {
    const tree = new Float64Array(values.length + 1);
    const atRank = new Float64Array(values.length + 1);
    let [agreeing, comparable, present] = [0, 0, 0];
    const add = (rank: number, count: number): void => {
      atRank[rank]! += count;
      present += count;
      for (let k = rank; k < tree.length; k += k & -k) tree[k]! += count;
    };
    for (let start = 0; start < order.length; ) {
      let end = start;
      for (; end < order.length && time[order[end]!] === time[order[start]!]; end++) {
        if (outcome[order[end]!] !== 1) add(ranks[end]!, counts[order[end]!]!);
      }
      for (let i = start; i < end; i++) {
        const count = counts[order[i]!]!;
        if (outcome[order[i]!] !== 1 || count === 0) continue;
        let below = 0;
        for (let k = ranks[i]! - 1; k > 0; k -= k & -k) below += tree[k]!;
        comparable += count * present;
        agreeing += count * (below + atRank[ranks[i]!]! / 2);
      }
      for (let i = start; i < end; i++) if (outcome[order[i]!] === 1) add(ranks[i]!, counts[order[i]!]!);
      start = end;
    }
    return { agreeing, comparable };
  };
}

/** Weighted squared errors of one site; null where it has no row, or too few are still observed at the horizon. */
function brierCounter(rows: TestRows, scores: Float64Array, own: readonly number[], horizon: number) {
  const { time, outcome } = rows;
  const order = [...own].sort((a, b) => time[a]! - time[b]!);
  return (counts: ArrayLike<number>): { readonly errors: number; readonly n: number } | null => {
    const n = order.reduce((sum, row) => sum + counts[row]!, 0);
    let [errors, atRisk, observed, later] = [0, n, 1, 0];
    for (let start = 0; start < order.length; ) {
      const now = time[order[start]!]!;
      let [end, events, censored, eventErrors] = [start, 0, 0, 0];
      for (; end < order.length && time[order[end]!] === now; end++) {
        const row = order[end]!;
        if (outcome[row] === 1) {
          events += counts[row]!;
          eventErrors += counts[row]! * (1 - scores[row]!) ** 2;
        } else censored += counts[row]!;
        if (now > horizon) later += counts[row]! * scores[row]! ** 2;
      }
      if (now <= horizon) {
        if (censored > 0) observed *= 1 - censored / (atRisk - events);
        errors += eventErrors * weightOf(observed);
      }
      atRisk -= events + censored;
      start = end;
    }
    return n > 0 && observed >= LEAST_OBSERVED ? { errors: errors + later * weightOf(observed), n } : null;
  };
}

const weightOf = (observed: number): number => (observed > 0 ? Math.min(MOST_WEIGHT, 1 / observed) : MOST_WEIGHT);
