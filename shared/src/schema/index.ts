/** The data dictionary, and a raw table checked against it. */
export { codeKey, isMissingText, parseNumber } from './cells.ts';
export { checkTable } from './check-table.ts';
export { type CheckedTable, type QualityCheck, type Rejection, SchemaError, type TableSpec } from './checked-table.ts';
export {
  type Comparison,
  columnName,
  type EventRule,
  type Feature,
  featureSchema,
  isEvent,
  type Outcome,
  outcomeSchema,
  parseEventRule,
} from './dictionary.ts';
export { nearest } from './nearest.ts';
