/**
 * A model in declared groups of patients, one group at a time: the figures of its task, but no table of scores or times.
 *
 * Rules: a site leaves out each group with fewer patients of any class than the floor, events and non-events alike; a group left out
 * alone takes the site's smallest shown group with it, else the whole minus the others would tell it. Only whole groups are left out.
 */
import { rarest } from './across-figures.ts';
import { type Interval, known, observedExpectedInterval, shareInterval } from './intervals.ts';
import type { Predictions, Truth } from './predictions.ts';
import { pairCounts } from './roc.ts';
import { expectScores, logLossOfScore } from './scores.ts';
import { PAIR_UNIT, PAIR_VARIANCE_UNIT } from './site-evaluation.ts';
import { type OtherOptions, readTask, taskNames, taskSums } from './tasks/list.ts';
import { entryOf, type OutcomeShape, ratio, type TaskOptions } from './tasks/task-evaluation.ts';

export interface GroupCell {
  readonly n: number;
  /** Patients of the rarest class; all of them where the outcome has no classes. */
  readonly fewest: number;
}

/** Patients of each group. @param groups - Group of each row, shape (n,). */
export function groupCells(
  shape: Pick<OutcomeShape, 'task'> & { readonly classes?: number },
  y: ArrayLike<number>,
  groups: ArrayLike<number>,
  count: number,
): GroupCell[] {
  return Array.from({ length: count }, (_, group) => {
    const own = Array.from(y).filter((_value, row) => groups[row] === group);
    return { n: own.length, fewest: rarest(own, shape) };
  });
}

/** Which groups a site leaves out. Empty groups are not there to be hidden. */
export function hiddenGroups(cells: readonly GroupCell[], floor: number): boolean[] {
  const hidden = cells.map(({ n, fewest }) => n > 0 && fewest < floor);
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

const BINARY = ['n', 'events', 'logLoss', 'brier', 'predicted', 'concordant', 'pairs', 'pairVariance'] as const;
/** Entries with a `#` are of tables. */
const isPlain = (name: string): boolean => !name.includes('#');
const withoutTables = (options: OtherOptions): OtherOptions => ({ ...options, bins: 1, thresholds: [] });

/** Names of one group's entries, in order. */
export function groupNames(options: TaskOptions): readonly string[] {
  const own = options.shape.task === 'binary' ? BINARY : taskNames(withoutTables(options as OtherOptions)).filter(isPlain);
  return [...own, 'sites of the group'];
}

/**
 * One site's part, group after group; zeros for those left out.
 *
 * @param groups - Group of each row, shape (n,). @param hidden - Of each group.
 * @returns Shape (groups × groupNames(options).length,); in the units of the task's evaluation.
 * @throws RangeError on a probability or label out of range.
 */
export function subgroupSums(
  predictions: Predictions,
  truth: Truth,
  groups: ArrayLike<number>,
  hidden: readonly boolean[],
  options: TaskOptions,
): Float64Array {
  const { length } = groupNames(options);
  const sums = new Float64Array(hidden.length * length);
  hidden.forEach((isHidden, group) => {
    const rows = Array.from(truth.y.keys()).filter((row) => groups[row] === group);
    if (isHidden || rows.length === 0) return;
    const [own, seen] = [predictionsAt(predictions, rows), truthAt(truth, rows)];
    sums.set([...(own.task === 'binary' ? binarySums(own.probability, seen.y) : plainSums(own, seen, options)), 1], group * length);
  });
  return sums;
}

function binarySums(scores: Float64Array, labels: Float64Array): number[] {
  expectScores('subgroupSums', scores, labels);
  const { concordant, pairs, variance } = pairCounts(scores, labels);
  const total = (of: (score: number, row: number) => number): number => scores.reduce((sum, score, row) => sum + of(score, row), 0);
  return [
    labels.length,
    labels.reduce((sum, value) => sum + value, 0),
    total((score, row) => logLossOfScore(score, labels[row]!)),
    total((score, row) => (score - labels[row]!) ** 2),
    total((score) => score),
    concordant / PAIR_UNIT,
    pairs / PAIR_UNIT,
    (pairs * pairs * (variance ?? 0)) / PAIR_VARIANCE_UNIT,
  ];
}

function plainSums(predictions: Predictions, truth: Truth, options: TaskOptions): number[] {
  const without = withoutTables(options as OtherOptions);
  const names = taskNames(without);
  return Array.from(taskSums(predictions, truth, without)).filter((_, at) => isPlain(names[at]!));
}

function predictionsAt(predictions: Predictions, rows: readonly number[]): Predictions {
  const take = (values: Float64Array, width = 1): Float64Array => {
    const own = new Float64Array(rows.length * width);
    rows.forEach((row, at) => {
      own.set(values.subarray(row * width, (row + 1) * width), at * width);
    });
    return own;
  };
  switch (predictions.task) {
    case 'binary':
      return { ...predictions, probability: take(predictions.probability) };
    case 'multiclass':
      return { ...predictions, probability: take(predictions.probability, predictions.classes) };
    case 'regression':
      return { ...predictions, mean: take(predictions.mean), sd: take(predictions.sd) };
    case 'count':
      return { ...predictions, mean: take(predictions.mean) };
    case 'time-to-event':
      return { ...predictions, survival: take(predictions.survival, predictions.cuts.length) };
    case 'ranking':
      return { ...predictions, score: take(predictions.score) };
  }
}

const truthAt = ({ y, time }: Truth, rows: readonly number[]): Truth => ({
  y: Float64Array.from(rows, (row) => y[row]!),
  time: time == null ? null : Float64Array.from(rows, (row) => time[row]!),
});

export interface GroupResult {
  readonly n: number;
  /** As in the evaluation of the task. */
  readonly events: number;
  /** By name, as in the evaluation of the task, without what needs a table. */
  readonly measures: { readonly [name: string]: number | null };
  /** 95 % intervals of those that have one. */
  readonly intervals: { readonly [name: string]: Interval };
  /** Hospitals whose patients of the group are in it. */
  readonly sites: number;
}

/** Reads the sum of `subgroupSums`; null for a group that no site shows. */
export function readSubgroups(sums: ArrayLike<number>, options: TaskOptions): (GroupResult | null)[] {
  const names = groupNames(options);
  return Array.from({ length: sums.length / names.length }, (_, group) => {
    const entries = new Map(names.map((name, at) => [name, sums[group * names.length + at]!]));
    const sites = Math.round(entryOf(entries, 'sites of the group'));
    if (sites === 0) return null;
    return { ...(options.shape.task === 'binary' ? readBinary(entries) : readPlain(entries, options)), sites };
  });
}

function readBinary(sums: ReadonlyMap<string, number>): Omit<GroupResult, 'sites'> {
  const entry = (name: (typeof BINARY)[number]): number => entryOf(sums, name);
  const [n, events] = [Math.round(entry('n')), Math.round(entry('events'))];
  const aurocWithin = ratio(entry('concordant'), entry('pairs'));
  const observedExpected = ratio(entry('events'), entry('predicted'));
  const error = Math.sqrt(Math.max(0, entry('pairVariance') * PAIR_VARIANCE_UNIT)) / (entry('pairs') * PAIR_UNIT);
  return {
    n,
    events,
    measures: { logLoss: ratio(entry('logLoss'), n), brier: ratio(entry('brier'), n), observedExpected, aurocWithin },
    intervals: known({
      observedExpected: observedExpectedInterval(observedExpected, events, n),
      aurocWithin: shareInterval(aurocWithin, error),
    }),
  };
}

/** What only a table could tell is left out, not shown as unknown. */
function readPlain(entries: ReadonlyMap<string, number>, options: TaskOptions): Omit<GroupResult, 'sites'> {
  const without = withoutTables(options as OtherOptions);
  const sums = taskNames(without).map((name) => entryOf(entries, name));
  const { n, events, measures, intervals } = readTask(sums, without);
  const plain = Object.entries(measures).filter(([name]) => !/Binned|Bound|leftOutSites/.test(name));
  return { n, events, measures: Object.fromEntries(plain), intervals };
}
