/** Bytes of a hospital's file to a raw table of texts. */
export { previewCsv, readCsv } from './csv.ts';
export { type NumberStyle, plainNumber } from './number-style.ts';
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
  type Thousands,
} from './raw-table.ts';
export { type Hints, readTable, type Watch } from './read-table.ts';
export { decodeText } from './text-encoding.ts';
