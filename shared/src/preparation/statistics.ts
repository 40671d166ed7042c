/**
 * What a site adds to the one secure sum before the first round: counts, and sums of each feature mapped to [−1, 1].
 * Training rows only; the outcomes are summed and never used to impute (learning.md §2.3).
 */
import type { CheckedTable, Feature, Outcome, OutcomeValues } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';
import { designColumns } from './columns.ts';
import { outcomeNames, outcomeStatistics } from './outcome-statistics.ts';
import { SET } from './sides.ts';
import { isSpline, VALUE_BINS, valueBin } from './spline.ts';
import { toUnit } from './unit-range.ts';

/**
 * Names the entries of the statistics vector.
 *
 * @param plan - A parsed plan.
 * @returns `rows`, `events`, `sites`, then per number `name:observed`, `:sum`, `:squares`, per coded feature `name=code:count` and
 *   `name=code:sites` for each code, after either `name:missing` (where the feature is collected), `:sites` (that collect it) and `:mixed`
 *   (sites with both missing and observed values); per spline `name:in#bin` for each bin of its range; per interaction of two coded features `a*b:count` and `a*b:sites` for each pair of codes; then those of `outcomeNames`.
 *   All entries are at most the number of training rows in magnitude; all but sums and squares are whole.
 */
export function statisticsNames(plan: Plan): string[] {
  return [
    'rows',
    'events',
    'sites',
    ...plan.features.flatMap(featureNames),
    ...codedPairs(plan).flatMap(pairNames),
    ...plan.outcomes.flatMap(outcomeNames),
  ];
}

const GAPS = ['missing', 'sites', 'mixed'];

function featureNames(feature: Feature): string[] {
  const { name } = feature;
  if (feature.type === 'number') {
    const bins = isSpline(feature) ? Array.from({ length: VALUE_BINS }, (_, bin) => `in#${bin}`) : [];
    return ['observed', 'sum', 'squares', ...GAPS, ...bins].map((what) => `${name}:${what}`);
  }
  return [
    ...feature.codes.flatMap(({ code }) => [`${name}=${code}:count`, `${name}=${code}:sites`]),
    ...GAPS.map((what) => `${name}:${what}`),
  ];
}

/** Interactions whose two columns both mark a code: how many patients have both is counted. */
function codedPairs(plan: Plan) {
  const columns = designColumns(plan);
  const byName = new Map(columns.map((column) => [column.name, column]));
  return columns.flatMap(({ name, product }) => {
    const [a, b] = product === null ? [] : product.map((parent) => byName.get(parent));
    return a === undefined || b === undefined || a.level === null || b.level === null ? [] : [{ name, a, b }];
  });
}

const pairNames = ({ name }: { readonly name: string }): string[] => [`${name}:count`, `${name}:sites`];

/**
 * One site's statistics.
 *
 * @param plan - A parsed plan.
 * @param table - The site's checked table.
 * @param sets - The part of each row, from `splitRows`.
 * @returns Entries as named by `statisticsNames`. A site without training rows gives zeros.
 */
export function siteStatistics(plan: Plan, table: CheckedTable, sets: Uint8Array): Float64Array {
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (sets[row] === SET.train) rows.push(row);
  const events = rows.reduce((count, row) => count + Number(table.outcome[row]! > 0), 0);
  const features = plan.features.flatMap((feature) => featureStatistics(feature, table.values.get(feature.name)!, rows));
  const outcomes = plan.outcomes.flatMap((outcome) => outcomeStatistics(outcome, outcomeValues(table, outcome), rows));
  const pairs = codedPairs(plan).flatMap(({ a, b }) => {
    const has = ({ feature, level }: typeof a, row: number): boolean => table.values.get(feature.name)![row] === level;
    const count = rows.reduce((sum, row) => sum + Number(has(a, row) && has(b, row)), 0);
    return [count, Number(count > 0)];
  });
  return Float64Array.from([rows.length, events, Number(rows.length > 0), ...features, ...pairs, ...outcomes]);
}

const outcomeValues = (table: CheckedTable, { role, name }: Outcome): OutcomeValues =>
  role === 'primary' ? { y: table.outcome, time: table.time } : table.harms.get(name)!;

function featureStatistics(feature: Feature, values: Float64Array, rows: readonly number[]): number[] {
  if (feature.type === 'number') {
    let observed = 0;
    let sum = 0;
    let squares = 0;
    const bins = isSpline(feature) ? new Array<number>(VALUE_BINS).fill(0) : [];
    for (const row of rows) {
      if (Number.isNaN(values[row]!)) continue;
      const mapped = toUnit(feature.range, values[row]!);
      if (bins.length > 0) bins[valueBin(feature.range, values[row]!)]! += 1;
      observed += 1;
      sum += mapped;
      squares += mapped * mapped;
    }
    return [observed, sum, squares, ...gapCounts(rows.length, observed), ...bins];
  }
  const counts = feature.codes.map(() => 0);
  for (const row of rows) if (!Number.isNaN(values[row]!)) counts[values[row]!]! += 1;
  const observed = counts.reduce((total, count) => total + count, 0);
  return [...counts.flatMap((count) => [count, Number(count > 0)]), ...gapCounts(rows.length, observed)];
}

/** Missing, sites, mixed; where nothing is observed the feature is not collected, so it is missing for nobody. */
function gapCounts(rows: number, observed: number): readonly [number, number, number] {
  return observed === 0 ? [0, 0, 0] : [rows - observed, 1, Number(observed < rows)];
}
