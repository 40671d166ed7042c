/** What a file reader hands on: texts in columns, exactly as the file has them, and where each row stood. */

/** A row whose number of cells differs from the header's. Its cells are given as empty: nobody knows which columns they belong to. */
export interface RaggedRow {
  /** 1-based data row. */
  readonly row: number;
  /** 1-based line of the file on which the row begins. */
  readonly line: number;
  /** Cells found. */
  readonly cells: number;
}

export interface RawTable {
  /** Trimmed, Unicode NFC, unique, none empty. */
  readonly columns: readonly string[];
  /** One entry a data row, each as long as `columns`. */
  readonly rows: readonly (readonly string[])[];
  /** 1-based line of the file on which each row begins, shape (rows,). */
  readonly lineOfRow: Uint32Array;
  readonly encoding: string;
  readonly delimiter: string;
  /** What separates whole from fraction in this file's numbers. */
  readonly decimal: '.' | ',';
  readonly ragged: readonly RaggedRow[];
  /** Plain sentences a person should see, none with a cell's content. */
  readonly notes: readonly string[];
}

export type ReadingErrorCode =
  | 'empty-file'
  | 'not-text'
  | 'no-rows'
  | 'empty-column-name'
  | 'duplicate-column'
  | 'unclosed-quote'
  | 'unreadable';

/** The file cannot be read as a table. `message` is a plain sentence for the person who chose the file. */
export class ReadingError extends Error {
  readonly code: ReadingErrorCode;
  constructor(code: ReadingErrorCode, message: string) {
    super(message);
    this.name = 'ReadingError';
    this.code = code;
  }
}
