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

/** How a feature of the plan is read from this file. */
export interface ColumnUse {
  readonly feature: string;
  /** Column of the file; null where the feature is not collected here. */
  readonly column: string | null;
  /** The plan's unit. */
  readonly unit: string | null;
  /** The file's unit, where its numbers were converted. */
  readonly convertedFrom: string | null;
  readonly status: 'read' | 'not-collected';
  /** Rows without a value, refused cells among them. */
  readonly missing: number;
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
  /** Texts of split and treatment columns by column name, trimmed, Unicode NFC; of the patient column, the hashes of `patients`. */
  readonly extra: ReadonlyMap<string, readonly string[]>;
  /** 1-based data row of each row. */
  readonly rowNumber: Uint32Array;
  /** 1-based line of the file of each row. */
  readonly line: Uint32Array;
  readonly rejected: readonly Rejection[];
  /** Missing values by feature name, rejected cells among them. */
  readonly missing: ReadonlyMap<string, number>;
  readonly checks: readonly QualityCheck[];
  readonly uses: readonly ColumnUse[];
  /** Rows that take no part, by position from 0, and why: excluded patients, exact duplicates. */
  readonly leftOut: ReadonlyMap<number, string>;
  /** Keyed hash of each row's patient id (patient-hash.ts), '' where it is missing; null where no column tells patients apart. Never shown, stored or sent. */
  readonly patients: readonly string[] | null;
}

/** Which columns are read, and as what. */
export interface TableSpec {
  readonly features: readonly Feature[];
  /** The primary outcome. */
  readonly outcome: Outcome;
  /** The others; none if left out. */
  readonly harms?: readonly Outcome[];
  /** Split, treatment and patient columns. */
  readonly extraColumns: readonly string[];
  /** Which of them identifies patients, if one does. */
  readonly patientColumn?: string | null;
  /** What keys the hashes of patient ids. */
  readonly patientKey?: string;
  /** Which of them says the part of each row. Those that are neither are read as codes: the treatment. */
  readonly splitColumn?: string | null;
  /** Whether that column holds a day: its texts become ISO dates, '' where there is none. */
  readonly isSplitDate?: boolean;
  /** Whether rows are known by their number in the file, so that none may be dropped as a duplicate. */
  readonly hasFrozenRows?: boolean;
}

/** The table does not fit the study. `columns` are the ones concerned. */
export class SchemaError extends Error {
  readonly code: 'missing-column' | 'repeated-column' | 'unknown-unit';
  readonly columns: readonly string[];
  constructor(code: SchemaError['code'], message: string, columns: readonly string[]) {
    super(message);
    this.name = 'SchemaError';
    this.code = code;
    this.columns = columns;
  }
}
