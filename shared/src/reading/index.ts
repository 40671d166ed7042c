/** Bytes of a hospital's file to a raw table of texts. */
export { previewCsv, readCsv } from './csv.ts';
export { type RaggedRow, type RawTable, ReadingError, type ReadingErrorCode } from './raw-table.ts';
