/** The few things the check asks of a raw table, in one place. */
import type { RawTable } from '../reading/index.ts';

export const rowsIn = (raw: RawTable): number => raw.rowCount;

/** A cell's text, trimmed; `row` and `at` from 0. */
export const cellText = (raw: RawTable, row: number, at: number): string => raw.cell(row, at).trim();

/** 1-based data row. */
export const rowNumberAt = (raw: RawTable, row: number): number => raw.rowNumber[row]!;

/** Positions of at most `count` rows, spread evenly over the table, the first and the last among them. */
export function evenRows(raw: RawTable, count: number): number[] {
  const rows = rowsIn(raw);
  if (rows <= count) return Array.from({ length: rows }, (_, row) => row);
  return Array.from({ length: count }, (_, index) => Math.floor((index * (rows - 1)) / (count - 1)));
}
