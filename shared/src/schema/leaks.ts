/** Columns that give the outcome away: one that ranks it nearly perfectly was written after it, or is it. */
import type { Outcome } from './outcome.ts';

/** At least this area under the curve, or at most one minus it. */
export const LEAK_AUROC = 0.98;
const FEWEST_ROWS = 50;
const FEWEST_OF_A_CLASS = 10;
const MOST_ROWS = 20_000;

/**
 * The outcome as things that happened or did not: an event as it is, each class against the rest, an amount above its median.
 *
 * @param values - As in a checked table: 0 or 1, positions of classes, or amounts; NaN where not known.
 * @returns Each shape (n,), of 1, 0 and NaN.
 */
export function outcomeSides(task: Outcome['task'], values: Float64Array): Float64Array[] {
  const side = (is: (value: number) => boolean): Float64Array => values.map((value) => (Number.isNaN(value) ? value : Number(is(value))));
  const known = values.filter((value) => !Number.isNaN(value));
  switch (task) {
    case 'binary':
    case 'time-to-event':
      return [values];
    case 'multiclass':
      return [...new Set(known)].map((one) => side((value) => value === one));
    case 'regression':
    case 'count': {
      const median = known.toSorted()[Math.floor(known.length / 2)] ?? 0;
      return [side((value) => value > median)];
    }
  }
}

/**
 * How well one column alone tells the outcome.
 *
 * @param values - Numbers or code positions; NaN where missing.
 * @param outcome - 1, 0 or NaN.
 * @param isCoded - Codes have no order: each stands for its own rate of events.
 * @returns Area under the ROC curve turned to at least .5, of the values and of whether there is one; null with fewer than 50 rows or 10 of a class.
 */
export function outcomeLeak(
  values: Float64Array,
  outcome: Float64Array,
  isCoded: boolean,
): { readonly values: number | null; readonly presence: number | null } {
  const step = Math.max(1, Math.ceil(values.length / MOST_ROWS));
  const [scores, classes, present, all]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let row = 0; row < values.length; row += step) {
    const happened = outcome[row]!;
    if (Number.isNaN(happened)) continue;
    const isThere = !Number.isNaN(values[row]!);
    present.push(Number(isThere));
    all.push(happened);
    if (!isThere) continue;
    scores.push(values[row]!);
    classes.push(happened);
  }
  return { values: turned(isCoded ? rates(scores, classes) : scores, classes), presence: turned(present, all) };
}

function rates(codes: readonly number[], classes: readonly number[]): number[] {
  const sums = new Map<number, { events: number; rows: number }>();
  codes.forEach((code, at) => {
    const sum = sums.get(code) ?? { events: 0, rows: 0 };
    sums.set(code, { events: sum.events + classes[at]!, rows: sum.rows + 1 });
  });
  return codes.map((code) => {
    const { events, rows } = sums.get(code)!;
    return events / rows;
  });
}

/** Mann–Whitney by ranks with ties at their mean. */
function turned(scores: readonly number[], classes: readonly number[]): number | null {
  const events = classes.reduce((sum, value) => sum + value, 0);
  const others = classes.length - events;
  if (classes.length < FEWEST_ROWS || events < FEWEST_OF_A_CLASS || others < FEWEST_OF_A_CLASS) return null;
  const groups = new Map<number, { rows: number; events: number }>();
  scores.forEach((score, at) => {
    const group = groups.get(score);
    if (group === undefined) groups.set(score, { rows: 1, events: classes[at]! });
    else {
      group.rows += 1;
      group.events += classes[at]!;
    }
  });
  let [below, rankSum] = [0, 0];
  for (const score of Float64Array.from(groups.keys()).sort()) {
    const group = groups.get(score)!;
    rankSum += group.events * (below + (group.rows + 1) / 2);
    below += group.rows;
  }
  const area = (rankSum - (events * (events + 1)) / 2) / (events * others);
  return Math.max(area, 1 - area);
}
