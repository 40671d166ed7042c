/**
 * The patients of each arm before treatment, over all hospitals: what a trial's first table shows, from sums. Values as they were observed: nothing
 * is imputed. Source: CONSORT 2010 item 15; Austin 2009 for the standardised difference.
 *
 * Rule: a hospital with fewer than ten patients in either arm adds nothing, so that no cell is of a few.
 */
import { SET, toUnit } from '../preparation/index.ts';
import type { CheckedTable, Feature } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';

/** One arm's patients in one row of the table. */
export type ArmCell =
  | { readonly kind: 'number'; readonly known: number; readonly missing: number; readonly mean: number | null; readonly sd: number | null }
  | { readonly kind: 'code'; readonly known: number; readonly missing: number; readonly count: number };

export interface BaselineRow {
  readonly feature: string;
  /** In words, for a code; null for a number. */
  readonly level: string | null;
  readonly unit: string | null;
  readonly comparator: ArmCell;
  readonly treated: ArmCell;
  /** Difference of the arms in standard deviations; null where it is not defined. */
  readonly standardisedDifference: number | null;
}

const NUMBER_ENTRIES = 4;
const entriesOf = (feature: Feature): number => (feature.type === 'number' ? NUMBER_ENTRIES : 1 + feature.codes.length);

/** Entries of one site: arm after arm, feature after feature. */
export const baselineLength = ({ features }: Plan): number => 2 * features.reduce((sum, feature) => sum + entriesOf(feature), 0);

/**
 * One site's part, of its training rows.
 *
 * @param arm - Of every row of the table: 1 treated, 0 comparator, NaN neither.
 * @param fewest - Patients in each arm below which it adds nothing.
 */
export function baselineEntries(
  plan: Plan,
  table: Pick<CheckedTable, 'values'>,
  sets: Uint8Array,
  arm: Float64Array,
  fewest: number,
): Float64Array {
  const rowsOf = (which: number): number[] => Array.from(sets.keys()).filter((row) => sets[row] === SET.train && arm[row] === which);
  const arms = [rowsOf(0), rowsOf(1)];
  if (arms.some((rows) => rows.length < fewest)) return new Float64Array(baselineLength(plan));
  return Float64Array.from(
    arms.flatMap((rows) => plan.features.flatMap((feature) => featureEntries(feature, table.values.get(feature.name)!, rows))),
  );
}

function featureEntries(feature: Feature, values: Float64Array, rows: readonly number[]): number[] {
  const known = rows.filter((row) => !Number.isNaN(values[row]!));
  // Nobody has a value: it is not collected here, so it is missing for nobody.
  const missing = known.length === 0 ? 0 : rows.length - known.length;
  if (feature.type !== 'number') return [missing, ...feature.codes.map((_, code) => known.filter((row) => values[row] === code).length)];
  const mapped = known.map((row) => toUnit(feature.range, values[row]!));
  const sum = (of: (value: number) => number): number => mapped.reduce((total, value) => total + of(value), 0);
  return [missing, known.length, sum((value) => value), sum((value) => value * value)];
}

/** Reads the sum of `baselineEntries`; a row a number, a row a code. */
export function readBaseline({ features }: Plan, sums: ArrayLike<number>): readonly BaselineRow[] {
  const half = sums.length / 2;
  let at = 0;
  return features.flatMap((feature) => {
    const length = entriesOf(feature);
    const [comparator, treated] = [0, half].map((start) => Array.from({ length }, (_, k) => sums[start + at + k]!));
    at += length;
    return rowsOf(feature, comparator ?? [], treated ?? []);
  });
}

function rowsOf(feature: Feature, comparator: readonly number[], treated: readonly number[]): BaselineRow[] {
  if (feature.type === 'number') {
    const [a, b] = [numberCell(feature.range, comparator), numberCell(feature.range, treated)];
    const spread = a.sd === null || b.sd === null ? 0 : Math.sqrt((a.sd ** 2 + b.sd ** 2) / 2);
    const difference = a.mean === null || b.mean === null || spread === 0 ? null : (b.mean - a.mean) / spread;
    return [
      { feature: feature.label, level: null, unit: feature.unit ?? null, comparator: a, treated: b, standardisedDifference: difference },
    ];
  }
  return feature.codes.map(({ label }, code) => {
    const [a, b] = [codeCell(comparator, code), codeCell(treated, code)];
    const [p, q] = [a, b].map(({ count, known }) => (known > 0 ? count / known : Number.NaN)) as [number, number];
    const spread = Math.sqrt((p * (1 - p) + q * (1 - q)) / 2);
    return {
      feature: feature.label,
      level: label,
      unit: null,
      comparator: a,
      treated: b,
      standardisedDifference: spread > 0 ? (q - p) / spread : null,
    };
  });
}

/** Mean and standard deviation (n − 1) in the feature's own unit, from sums over [−1, 1]. */
function numberCell([low, high]: readonly [number, number], entries: readonly number[]): Extract<ArmCell, { kind: 'number' }> {
  const [missing = 0, n = 0, sum = 0, squares = 0] = entries;
  const known = Math.round(n);
  const half = (high - low) / 2;
  const mean = known > 0 ? (low + high) / 2 + (half * sum) / known : null;
  const sd = known > 1 ? half * Math.sqrt(Math.max(0, squares - (sum * sum) / known) / (known - 1)) : null;
  return { kind: 'number', known, missing: Math.round(missing), mean, sd };
}

function codeCell([missing = 0, ...counts]: readonly number[], code: number): Extract<ArmCell, { kind: 'code' }> {
  const whole = counts.map(Math.round);
  return { kind: 'code', known: whole.reduce((sum, count) => sum + count, 0), missing: Math.round(missing), count: whole[code] ?? 0 };
}
