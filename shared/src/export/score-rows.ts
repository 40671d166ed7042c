/** Rows in a hospital's own units scored by a released model, in float64; or refused, row by row, with every reason. */
import type { CheckedTable } from '../schema/index.ts';
import { type AnswerRange, answerRanges, answerValues, designRow } from './model-answer.ts';
import type { ReleasedModel } from './released-model.ts';

/** `values`: as `answerNames` names them; `ranges`: of each, null where the model's file does not say. */
export type Score =
  | {
      readonly row: number;
      readonly kind: 'scored';
      readonly values: readonly number[];
      readonly ranges: readonly AnswerRange[] | null;
      readonly imputed: readonly string[];
    }
  | { readonly row: number; readonly kind: 'refused'; readonly reasons: readonly string[] };

/**
 * @param table - Checked against the model's features; cells it refused are in `rejected`.
 * @returns One entry a row, in the file's order; `row` is the 1-based data row.
 */
export function scoreRows(
  model: ReleasedModel,
  table: Pick<CheckedTable, 'rowCount' | 'values' | 'rowNumber' | 'rejected' | 'uses'>,
): Score[] {
  // A mapped file has columns of its own; without a mapping they are the dictionary's.
  const columnOf = new Map(table.uses.map(({ feature, column }) => [feature, column]));
  const columns = new Set(columnOf.values());
  const faults = new Map<number, { readonly column: string; readonly text: string }[]>();
  for (const { row, column, text, reason } of table.rejected) {
    if (!columns.has(column)) continue;
    const known = faults.get(row) ?? [];
    known.push({ column, text: `${column}: "${text}" is ${reason}` });
    faults.set(row, known);
  }
  const used = new Set(model.columns.map(({ feature }) => feature));
  return Array.from({ length: table.rowCount }, (_, index): Score => {
    const row = table.rowNumber[index]!;
    const value = (feature: string): number => table.values.get(feature)?.[index] ?? Number.NaN;
    const refusedCells = faults.get(row) ?? [];
    const missing = model.features.filter(({ name }) => Number.isNaN(value(name)));
    const needed = missing.flatMap(({ required, name, column }) => {
      const own = columnOf.get(name) ?? column;
      const isNeeded = required || (model.needsEveryValue && used.has(name));
      return isNeeded && !refusedCells.some((fault) => fault.column === own) ? [`${own}: is missing, and the model needs it`] : [];
    });
    const reasons = [...refusedCells.map(({ text }) => text), ...needed];
    if (reasons.length > 0) return { row, kind: 'refused', reasons };
    const design = designRow(model, value);
    const values = answerValues(model, design);
    if (!values.every(Number.isFinite)) return { row, kind: 'refused', reasons: ['the model gives no number for this row'] };
    const ranges = answerRanges(model, design);
    return { row, kind: 'scored', values, ranges, imputed: missing.map(({ name }) => name).filter((name) => used.has(name)) };
  });
}
