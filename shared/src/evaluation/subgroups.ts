/**
 * A model in declared groups of patients: counts, losses, observed over expected and within-hospital pairs, one group at a time.
 *
 * Rules: a site leaves out each group with fewer events or fewer non-events than the floor, events and non-events alike; a group left out
 * alone takes the site's smallest shown group with it, else the whole minus the others would tell it. Only whole groups are left out.
 */
import { pairCounts } from './roc.ts';
import { expectScores, logLossOfScore } from './scores.ts';
import { PAIR_UNIT, PAIR_VARIANCE_UNIT } from './site-evaluation.ts';

const ENTRIES = ['n', 'events', 'logLoss', 'predicted', 'concordant', 'pairs', 'pairVariance', 'sites'] as const;
/** Entries of one group. */
export const GROUP_LENGTH = ENTRIES.length;

export interface GroupCell {
  readonly n: number;
  readonly events: number;
}

/** Patients and events of each group. @param groups - Group of each row, shape (n,). */
export function groupCells(labels: ArrayLike<number>, groups: ArrayLike<number>, count: number): GroupCell[] {
  const cells = Array.from({ length: count }, () => ({ n: 0, events: 0 }));
  for (let i = 0; i < groups.length; i++) {
    const cell = cells[groups[i]!]!;
    cell.n += 1;
    cell.events += labels[i]!;
  }
  return cells;
}

/** Which groups a site leaves out. Empty groups are not there to be hidden. */
export function hiddenGroups(cells: readonly GroupCell[], floor: number): boolean[] {
  const hidden = cells.map(({ n, events }) => n > 0 && (events < floor || n - events < floor));
  return withNeighbour(
    hidden,
    cells.map(({ n }) => n),
  );
}

/** A group hidden alone takes the smallest shown one with it; the first of equals. @param sizes - 0 for a group that is not there. */
export function withNeighbour(hidden: readonly boolean[], sizes: readonly number[]): boolean[] {
  if (hidden.filter(Boolean).length !== 1) return [...hidden];
  let neighbour = -1;
  hidden.forEach((isHidden, at) => {
    if (!isHidden && sizes[at]! > 0 && (neighbour < 0 || sizes[at]! < sizes[neighbour]!)) neighbour = at;
  });
  return hidden.map((isHidden, at) => isHidden || at === neighbour);
}

/**
 * One site's part, group after group; zeros for those left out.
 *
 * @param scores - Probabilities, shape (n,). @param hidden - Of each group.
 * @returns Shape (groups × GROUP_LENGTH,); log-loss in nats; pairs in the units of `siteEvaluation`.
 * @throws RangeError on a score or label out of range.
 */
export function subgroupSums(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  hidden: readonly boolean[],
): Float64Array {
  expectScores('subgroupSums', scores, labels);
  const sums = new Float64Array(hidden.length * GROUP_LENGTH);
  hidden.forEach((isHidden, group) => {
    const rows = Array.from(groups).flatMap((own, row) => (own === group ? [row] : []));
    if (isHidden || rows.length === 0) return;
    const ownScores = rows.map((row) => scores[row]!);
    const ownLabels = rows.map((row) => labels[row]!);
    const { concordant, pairs, variance } = pairCounts(ownScores, ownLabels);
    const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
    const losses = total(ownScores.map((score, row) => logLossOfScore(score, ownLabels[row]!)));
    const pairSums = [concordant / PAIR_UNIT, pairs / PAIR_UNIT, (pairs * pairs * (variance ?? 0)) / PAIR_VARIANCE_UNIT];
    sums.set([rows.length, total(ownLabels), losses, total(ownScores), ...pairSums, 1], group * GROUP_LENGTH);
  });
  return sums;
}

export interface GroupResult {
  readonly n: number;
  readonly events: number;
  readonly logLoss: number | null;
  readonly observedExpected: number | null;
  readonly aurocWithin: number | null;
  readonly aurocWithinSe: number | null;
  /** Hospitals whose patients of the group are in it. */
  readonly sites: number;
}

/** Reads the sum of `subgroupSums`; null for a group that no site shows. */
export function readSubgroups(sums: ArrayLike<number>): (GroupResult | null)[] {
  return Array.from({ length: sums.length / GROUP_LENGTH }, (_, group) => {
    const [n = 0, events = 0, loss = 0, predicted = 0, concordant = 0, pairs = 0, variance = 0, sites = 0] = Array.from(
      { length: GROUP_LENGTH },
      (_entry, at) => sums[group * GROUP_LENGTH + at]!,
    );
    if (Math.round(sites) === 0) return null;
    return {
      n: Math.round(n),
      events: Math.round(events),
      logLoss: n > 0 ? loss / n : null,
      observedExpected: predicted > 0 ? events / predicted : null,
      aurocWithin: pairs > 0 ? concordant / pairs : null,
      aurocWithinSe: pairs > 0 ? Math.sqrt(Math.max(0, variance * PAIR_VARIANCE_UNIT)) / (pairs * PAIR_UNIT) : null,
      sites: Math.round(sites),
    };
  });
}
