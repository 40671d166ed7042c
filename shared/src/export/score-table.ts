/** A table of patients to be scored: read against the model's dictionary, under a hospital's mapping; an outcome is neither needed nor read. */
import type { RawTable } from '../reading/index.ts';
import { type CheckedTable, checkTable, type Mapping, type Outcome } from '../schema/index.ts';
import type { ReleasedModel } from './released-model.ts';

const NO_OUTCOME = 'outcome (not read)';

/**
 * @param mapping - How the file answers the dictionary; null: every column under its own name, in the plan's units and codes.
 * @throws SchemaError naming every column that is not there and the nearest ones that are.
 */
export function scoreTable(raw: RawTable, model: ReleasedModel, mapping: Mapping | null = null): CheckedTable {
  // The check asks for an outcome; an empty column stands for it.
  const at = raw.columns.length;
  const withColumn: RawTable = {
    ...raw,
    columns: [...raw.columns, NO_OUTCOME],
    numbers: [...raw.numbers, ...raw.numbers.slice(0, 1)],
    cell: (row, column) => (column === at ? '' : raw.cell(row, column)),
  };
  const outcome: Outcome = { name: 'none', task: 'binary', column: NO_OUTCOME, positive: `${NO_OUTCOME} == 1`, role: 'primary' };
  return checkTable(withColumn, { features: model.features, outcome, extraColumns: [] }, { mapping });
}
