/** The data dictionary, and a raw table checked against it. */
export { codeKey, isMissingText, parseNumber } from './cells.ts';
export { checkTable } from './check-table.ts';
export { type CheckedTable, type OutcomeValues, type QualityCheck, type Rejection, SchemaError, type TableSpec } from './checked-table.ts';
export { type Feature, featureSchema } from './dictionary.ts';
export { type Comparison, type EventRule, isEvent, parseEventRule } from './event-rule.ts';
export { codeSchema, columnName } from './names.ts';
export { nearest } from './nearest.ts';
export { type Outcome, type OutcomeOf, outcomeColumns, outcomeReader, outcomeSchema, type Task } from './outcome.ts';
