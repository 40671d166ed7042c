/** Bytes of a hospital's file to a raw table of texts. */
export type { ClinicalFile } from './clinical/file-text.ts';
export { readClinical } from './clinical/read-clinical.ts';
export { type ClinicalSource, RECORD_KINDS, type SourceColumn, TAKES, type TimeZero } from './clinical/source.ts';
export { previewCsv, readCsv } from './csv.ts';
export { type NumberStyle, plainNumber, type Thousands } from './number-style.ts';
export {
  type DropKind,
  type DroppedRow,
  type OfferedChoices,
  type RaggedRow,
  type RawTable,
  ReadingError,
  type ReadingErrorCode,
  type RenamedColumn,
  type TableChoices,
  type TableFormat,
} from './raw-table.ts';
export { type RowSource, readSource } from './read-source.ts';
export { type Hints, readTable } from './read-table.ts';
export { foldRedcap, type RedcapSource, type RedcapTake } from './redcap.ts';
export { featuresFromRedcap, type RedcapFeature, type RedcapFeatures } from './redcap-dictionary.ts';
export { decodeText } from './text-encoding.ts';
export type { Watch } from './watch.ts';
