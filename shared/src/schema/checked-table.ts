/** What the schema check hands on: typed columns, every cell it refused, and a report for the person at the hospital. */
import type { Feature } from './dictionary.ts';
import type { Outcome } from './outcome.ts';

/** A cell that was refused; its value is treated as missing. Shown at the hospital only. */
export interface Rejection {
  /** 1-based data row. */
  readonly row: number;
  /** 1-based line of the file. */
  readonly line: number;
  readonly column: string;
  /** The cell, cut at 80 characters. */
  readonly text: string;
  readonly reason: string;
}

export interface QualityCheck {
  readonly id: string;
  readonly status: 'pass' | 'warn' | 'fail';
  readonly text: string;
  /** 1-based data rows concerned. */
  readonly rows: readonly number[];
}

/** One outcome of every row; see outcome.ts for what `y` means by task. */
export interface OutcomeValues {
  /** Shape (rowCount,); NaN where the outcome is not known. */
  readonly y: Float64Array;
  /** Time to event or to the end of follow-up, shape (rowCount,); null for the other tasks. */
  readonly time: Float64Array | null;
}

export interface CheckedTable {
  readonly rowCount: number;
  /** By feature name, shape (rowCount,): the number, or the position of the code from 0; NaN where missing. */
  readonly values: ReadonlyMap<string, Float64Array>;
  /** `y` of the primary outcome, shape (rowCount,): 0 or 1, a class's position, a number, a count; NaN missing. */
  readonly outcome: Float64Array;
  /** Time of the primary outcome, where it is one of time to event. */
  readonly time: Float64Array | null;
  /** Harm outcomes by name. */
  readonly harms: ReadonlyMap<string, OutcomeValues>;
  /** Texts of split and patient columns by column name, trimmed, Unicode NFC. */
  readonly extra: ReadonlyMap<string, readonly string[]>;
  /** 1-based data row of each row. */
  readonly rowNumber: Uint32Array;
  /** 1-based line of the file of each row. */
  readonly line: Uint32Array;
  readonly rejected: readonly Rejection[];
  /** Missing values by feature name, rejected cells among them. */
  readonly missing: ReadonlyMap<string, number>;
  readonly checks: readonly QualityCheck[];
}

/** Which columns are read, and as what. */
export interface TableSpec {
  readonly features: readonly Feature[];
  /** The primary outcome. */
  readonly outcome: Outcome;
  /** The others; none if left out. */
  readonly harms?: readonly Outcome[];
  /** Split and patient columns, kept as texts. */
  readonly extraColumns: readonly string[];
  /** Which of them identifies patients, if one does. */
  readonly patientColumn?: string | null;
}

/** The table does not fit the study. `columns` are the ones not found. */
export class SchemaError extends Error {
  readonly code: 'missing-column';
  readonly columns: readonly string[];
  constructor(code: 'missing-column', message: string, columns: readonly string[]) {
    super(message);
    this.name = 'SchemaError';
    this.code = code;
    this.columns = columns;
  }
}
