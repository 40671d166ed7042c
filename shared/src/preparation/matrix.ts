/** A site's rows as the model sees them: scaled columns, missing values at the shared mean, one matrix a part. */
import type { CheckedTable, OutcomeValues } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';
import { hasTrainingValue } from './collected.ts';
import { columnValue, designColumns } from './columns.ts';
import type { ScaledColumn, Scaling } from './scaling.ts';
import { SET } from './sides.ts';

export interface Part {
  /** Row-major, shape (rows, width). No intercept column. */
  readonly x: Float64Array;
  /** The primary outcome, shape (rows,): 0 or 1, a class's position, a number in its own unit, a count, or whether the event was seen. */
  readonly y: Float64Array;
  /** Time to event or to the end of follow-up, shape (rows,); null for every other task. */
  readonly time: Float64Array | null;
  /** Harm outcomes by name, as `y` and `time`; NaN in rows where a harm is not known. */
  readonly harms: ReadonlyMap<string, OutcomeValues>;
  /** 1-based data row, shape (rows,). */
  readonly row: Uint32Array;
  readonly rows: number;
  readonly width: number;
}

export interface Prepared {
  readonly names: readonly string[];
  readonly width: number;
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part;
}

/** Mean and SD (n − 1) of a column over the site's own observed training rows; the shared ones where it has fewer than two. */
function ownScale(read: ReadRow, sets: Uint8Array, shared: ScaledColumn): { mean: number; sd: number } {
  const own: number[] = [];
  for (let row = 0; row < sets.length; row++) {
    const value = read(row);
    if (sets[row] === SET.train && !Number.isNaN(value)) own.push(value);
  }
  if (own.length < 2) return shared;
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const sd = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (own.length - 1));
  return { mean, sd: sd > 0 ? sd : 1 };
}

/** Names of the matrix's columns, in order: the used ones of the scaling. */
export function designNames(plan: Plan, scaling: Scaling): string[] {
  const used = new Set(scaling.columns.filter((column) => column.used).map(({ name }) => name));
  return designColumns(plan)
    .map(({ name }) => name)
    .filter((name) => used.has(name));
}

type ReadRow = (row: number) => number;

/** How each used column of a row is read, scaled, in the order of `designNames`. */
function columnReaders(plan: Plan, table: CheckedTable, sets: Uint8Array, scaling: Scaling): ReadRow[] {
  const scaled = new Map(scaling.columns.map((column) => [column.name, column]));
  const isScaled = plan.preprocess.scale !== 'none';
  const readers = new Map<string, ReadRow>();
  for (const column of designColumns(plan)) {
    const scale = scaled.get(column.name);
    if (scale?.used !== true) continue;
    if (column.product !== null) {
      const [a, b] = column.product.map((parent) => readers.get(parent)!) as [ReadRow, ReadRow];
      readers.set(column.name, (row) => a(row) * b(row));
      continue;
    }
    const values = table.values.get(column.feature.name)!;
    const isCollected = hasTrainingValue(values, sets);
    const read: ReadRow = (row) => columnValue(column, values[row]!, isCollected, scale.knots);
    const { mean, sd } = plan.preprocess.scale === 'site' ? ownScale(read, sets, scale) : scale;
    // A curve follows the value that stands in for a missing one.
    const fill = column.curve === null ? scale.mean : columnValue(column, scaled.get(column.feature.name)!.mean, isCollected, scale.knots);
    readers.set(column.name, (row) => {
      const shown = read(row);
      const value = Number.isNaN(shown) ? fill : shown;
      return isScaled ? (value - mean) / sd : value;
    });
  }
  return [...readers.values()];
}

/**
 * Builds the matrices of a site.
 *
 * @param plan - A parsed plan.
 * @param table - The site's checked table.
 * @param sets - The part of each row, from `splitRows`.
 * @param scaling - Shared by all sites.
 * @returns (value − mean) / sd under `scale: federated` and, with the site's own mean and sd, `scale: site`; the value itself under
 *   `scale: none`; a missing value is the shared mean, and so is one of a feature that is not collected here; a curve is that of the mean. An interaction is the product of two such columns.
 */
export function prepare(plan: Plan, table: CheckedTable, sets: Uint8Array, scaling: Scaling): Prepared {
  const columns = columnReaders(plan, table, sets, scaling);
  const part = (set: number): Part => {
    const row: number[] = [];
    for (let index = 0; index < table.rowCount; index++) if (sets[index] === set) row.push(index);
    const pick = (values: Float64Array) => Float64Array.from(row, (index) => values[index]!);
    const x = new Float64Array(row.length * columns.length);
    row.forEach((index, at) => {
      columns.forEach((read, position) => {
        x[at * columns.length + position] = read(index);
      });
    });
    return {
      x,
      y: pick(table.outcome),
      time: table.time === null ? null : pick(table.time),
      harms: new Map([...table.harms].map(([name, { y, time }]) => [name, { y: pick(y), time: time === null ? null : pick(time) }])),
      row: Uint32Array.from(row, (index) => table.rowNumber[index]!),
      rows: row.length,
      width: columns.length,
    };
  };
  return {
    names: designNames(plan, scaling),
    width: columns.length,
    train: part(SET.train),
    validation: part(SET.validation),
    test: part(SET.test),
  };
}
