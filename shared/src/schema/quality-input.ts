/** What the quality checks look at, and the three ways a check can end. */
import type { RawTable } from '../reading/index.ts';
import type { CheckedTable, QualityCheck, TableSpec } from './checked-table.ts';
import type { Duplicates } from './duplicates.ts';
import type { ExcludedRows } from './exclusions.ts';
import type { Mapping } from './mapping.ts';
import type { Sources } from './sources.ts';
import type { UnitSuspicion } from './unit-detective.ts';

export type UncheckedTable = Omit<CheckedTable, 'checks'>;

export interface QualityInput {
  readonly table: UncheckedTable;
  readonly raw: RawTable;
  readonly spec: TableSpec;
  readonly mapping: Mapping | null;
  readonly sources: Sources;
  readonly excluded: ExcludedRows;
  readonly duplicates: Duplicates;
  readonly suspicions: ReadonlyMap<string, UnitSuspicion>;
}

export const pass = (id: string, text: string, rows: readonly number[] = []): QualityCheck => ({ id, status: 'pass', text, rows });
export const warn = (id: string, text: string, rows: readonly number[] = []): QualityCheck => ({ id, status: 'warn', text, rows });
export const fail = (id: string, text: string, rows: readonly number[] = []): QualityCheck => ({ id, status: 'fail', text, rows });

/** 1-based data rows whose value passes a test. */
export function rowsWhere({ rowNumber }: UncheckedTable, values: Float64Array, test: (value: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (test(values[row]!)) rows.push(rowNumber[row]!);
  return rows;
}

export const numbersOf = ({ rowNumber }: UncheckedTable, rows: readonly number[]): number[] => rows.map((row) => rowNumber[row]!);
