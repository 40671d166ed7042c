/** A column that a person chose for a field: what its codes, unit and missing codes seem to be, as if it had been matched by itself. */
import type { RawTable } from '@consilium/shared/reading';
import { type ColumnMapping, plainColumn, proposeMapping, stripUnit } from '@consilium/shared/schema';
import { type Plan, tableSpec } from '@consilium/shared/study';
import type { PlanField } from './plan-fields.ts';

/**
 * @param field - A feature or an outcome.
 * @param column - Of the table.
 * @returns The entry to begin from; only the column where nothing more can be told.
 */
export function suggestColumn(plan: Plan, raw: RawTable, field: PlanField, column: string): ColumnMapping {
  const at = raw.columns.indexOf(column);
  if (at < 0 || field.kind === 'text') return plainColumn(column);
  // The matcher looks at this one column, under the field's own name: what it says of the values then holds for them.
  const { unit } = stripUnit(column);
  const name = unit === null ? field.column : `${field.column} (${unit})`;
  const alone: RawTable = {
    ...raw,
    columns: [name],
    cell: (row) => raw.cell(row, at),
    numbers: raw.numbers.slice(at, at + 1),
  };
  const { mapping } = proposeMapping(alone, { ...tableSpec(plan), extraColumns: [], patientColumn: null }, plan.study);
  const entry = field.part === 'outcome' ? mapping.outcome[field.name] : mapping.features[field.name];
  return entry === undefined || !('column' in entry) ? plainColumn(column) : { ...entry, column };
}
