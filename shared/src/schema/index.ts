/** The data dictionary, how a file answers it, and a raw table checked against it. */
export { codeKey, isMissingText, parseNumber } from './cells.ts';
export { type CheckOptions, type CheckProgress, checkTable, checkTableInSteps } from './check-table.ts';
export {
  type CheckedTable,
  type ColumnUse,
  type OutcomeValues,
  type QualityCheck,
  type Rejection,
  SchemaError,
  type TableSpec,
} from './checked-table.ts';
export { type CalendarDate, parseDate } from './dates.ts';
export { type Feature, featureSchema } from './dictionary.ts';
export type { EffectSource } from './effect-source.ts';
export { type Comparison, type EventRule, isEvent, parseEventRule } from './event-rule.ts';
export { type Exclusions, parseExclusions } from './exclusions.ts';
export { fileChecks } from './file-checks.ts';
export type { IdentifierKind } from './identifier-names.ts';
export { identifierOf, sampleOf, showableText } from './identifiers.ts';
export {
  type ColumnMapping,
  emptyMapping,
  type FeatureMapping,
  isNotCollected,
  type Mapping,
  MappingError,
  mappingSchema,
  parseMapping,
  plainColumn,
} from './mapping.ts';
export { codeSchema, columnName } from './names.ts';
export { nearest } from './nearest.ts';
export { type Outcome, type OutcomeOf, outcomeColumns, outcomeLabel, outcomeReader, outcomeSchema, type Task } from './outcome.ts';
export { patientHash } from './patient-hash.ts';
export type { ColumnProfile } from './profile.ts';
export { type Candidate, type FeatureProposal, type Proposal, proposeMapping } from './propose-mapping.ts';
export { acceptedCheck } from './quality.ts';
export { type Conversion, conversionBetween, convert, quantityNamed, quantityOf, stripUnit } from './quantities.ts';
export { numberReader } from './readers.ts';
export { sureMapping } from './sure-mapping.ts';
export { type PublishedSpread, suspectUnit, type UnitSuspicion } from './unit-detective.ts';
export { type UnitPreview, unitChoices, unitPreview } from './unit-preview.ts';
export { normalizeUnit } from './units.ts';
