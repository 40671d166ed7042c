/** What a file reader hands on: texts in columns, exactly as the file has them, where each row stood, and what was left out. */
import type { NumberStyle, Thousands } from './number-style.ts';

/** A row whose number of cells differs from the header's. Its cells are given as empty: nobody knows which columns they belong to. */
export interface RaggedRow {
  /** 1-based data row, as in `rowNumber`. */
  readonly row: number;
  /** 1-based line of the file on which the row begins. */
  readonly line: number;
  /** Cells found. */
  readonly cells: number;
}

export type DropKind =
  | 'preamble'
  | 'blank'
  | 'total'
  | 'note'
  | 'repeated-header'
  | 'second-header'
  | 'separator'
  | 'cut-short'
  | 'unreadable'
  | 'no-time-zero';

/** Something in the file that is not a row of the table. */
export interface DroppedRow {
  /** 1-based data row; null above the header. */
  readonly row: number | null;
  /** 1-based line of the file, or row of the sheet. */
  readonly line: number;
  readonly kind: DropKind;
  /** A plain sentence without a cell's content. */
  readonly reason: string;
}

export type TableFormat = 'csv' | 'xlsx' | 'parquet' | 'json' | 'ndjson' | 'fhir' | 'omop';

/** What a person may say about a file; each key overrides what was detected. */
export interface TableChoices {
  readonly encoding?: string;
  readonly delimiter?: string;
  /** What quotes cells: `"`, `'`, or '' for nothing. */
  readonly quote?: string;
  readonly decimal?: '.' | ',';
  /** What separates thousands; '' for nothing. */
  readonly thousands?: Thousands;
  /** 1-based line of the file, or row of the sheet, with the column names; null where there is none. */
  readonly headerRow?: number | null;
  readonly sheet?: string;
}

/** What a person may choose between, the one in force first. */
export interface OfferedChoices {
  /** With the beginnings of a few cells that tell the encodings apart; for this hospital's eyes only. */
  readonly encodings: readonly { readonly encoding: string; readonly sample: readonly string[] }[];
  readonly delimiters: readonly string[];
  readonly sheets: readonly string[];
  /** Lines that could be the header, with their first cells. */
  readonly headerRows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** A column whose name was changed to tell it from another, or because it had none. */
export interface RenamedColumn {
  /** Position in `columns`, from 0. */
  readonly column: number;
  /** As the file has it. */
  readonly was: string;
}

export interface RawTable {
  readonly format: TableFormat;
  /** Trimmed, Unicode NFC, unique, none empty. */
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** The text of one cell; `row` and `column` from 0. */
  readonly cell: (row: number, column: number) => string;
  /** One entry a data row, each as long as `columns`. Made when asked for: a large table is better read by `cell`. */
  readonly rows: readonly (readonly string[])[];
  /** 1-based data row of each row, shape (rows,): the rows below the header counted as the file has them, dropped ones too, empty lines not. */
  readonly rowNumber: Uint32Array;
  /** 1-based line of the file on which each row begins, shape (rows,). */
  readonly lineOfRow: Uint32Array;
  /** As the WHATWG names it; '' where the format has none. */
  readonly encoding: string;
  /** '' where the format has none. */
  readonly delimiter: string;
  /** What separates whole from fraction in most of this file's numbers; each column has its own in `numbers`. */
  readonly decimal: '.' | ',';
  readonly thousands: Thousands;
  /** How numbers are written, one a column. `plainNumber(text, style)` reads them. */
  readonly numbers: readonly NumberStyle[];
  /** 1-based line of the file, or row of the sheet, with the column names; null where there is none and columns are named column_1, column_2...; 0 where every row carries the names. */
  readonly headerRow: number | null;
  readonly renamed: readonly RenamedColumn[];
  /** In the order of the file. */
  readonly dropped: readonly DroppedRow[];
  readonly ragged: readonly RaggedRow[];
  /** Plain sentences a person should see, none with a cell's content. */
  readonly notes: readonly string[];
  /** Those of the notes that say that something may be lost, and want a look; absent: none. */
  readonly doubts?: readonly string[];
  readonly choices: OfferedChoices;
}

export type ReadingErrorCode =
  | 'empty-file'
  | 'not-text'
  | 'not-a-table'
  | 'no-rows'
  | 'uneven-rows'
  | 'unclosed-quote'
  | 'unreadable'
  | 'unknown-choice'
  | 'too-large'
  | 'encrypted'
  | 'cancelled'
  | 'bad-source';

/** The file cannot be read as a table. `message` is a plain sentence for the person who chose the file. */
export class ReadingError extends Error {
  readonly code: ReadingErrorCode;
  constructor(code: ReadingErrorCode, message: string) {
    super(message);
    this.name = 'ReadingError';
    this.code = code;
  }
}
