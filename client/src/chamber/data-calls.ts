/** What crosses the port for the data page: files and choices in; display values out, cut to what a person can look at. */
import type { TableChoices } from '@consilium/shared/reading';
import type { Mapping } from '@consilium/shared/schema';

/** How a person wants a file read; what is not said is found by looking. */
export type ReadChoices = TableChoices;

export interface FileInput {
  readonly name: string;
  /** With its folders, such as `export/Patient.ndjson`. */
  readonly path: string;
  readonly blob: Blob;
}

export interface ReadInput {
  readonly files: readonly FileInput[];
  readonly choices: ReadChoices;
  /** What the page remembers of an earlier visit: used where its columns are in the file. */
  readonly kept: Mapping | null;
}

export interface ReadProgress {
  readonly stage: 'loading' | 'parsing' | 'looking';
  /** Share of the stage, 0 to 1. */
  readonly done: number;
  /** About how many rows so far; null where that is not known yet. */
  readonly rows: number | null;
  readonly rowsPerSecond: number | null;
}

/** A column that seems to identify patients: it is not read. */
export interface IdentifierView {
  readonly column: string;
  readonly kind: string;
}

/** A table as the page shows it: the beginning, and how it was read. Cells of identifiers are not in it. */
export interface TableView {
  readonly format: string;
  readonly encoding: string | null;
  /** More than one where the bytes fit several; each with the same words of the file in it. */
  readonly encodings: readonly { readonly encoding: string; readonly sample: string }[];
  readonly delimiter: string | null;
  readonly decimal: '.' | ',' | null;
  readonly headerRow: number | null;
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  /** Null while only the beginning has been read. */
  readonly rowCount: number | null;
  readonly columns: readonly string[];
  readonly identifiers: readonly IdentifierView[];
  /** Columns that hold dates: one of them can be the end of a time. */
  readonly dates: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines that are no row of the table: a preamble, totals, notes. */
  readonly dropped: number;
  readonly notes: readonly string[];
}

/** Why a column was taken, or what is doubtful: an id of `data.why.…`, and a text for its place. */
export interface Reason {
  readonly id: string;
  readonly text: string;
}

/** How sure the match of a field is: `sure` asks nothing, `look` wants a glance, `open` waits for a person. */
export type Certainty = 'sure' | 'look' | 'open';

/** One field of the plan as this file answers it, with what a person needs to judge that. */
export interface FieldView {
  readonly part: 'feature' | 'outcome' | 'patient' | 'split';
  readonly name: string;
  readonly column: string | null;
  readonly certainty: Certainty;
  readonly reasons: readonly Reason[];
  /** 0 to 1; null where nothing was proposed. */
  readonly confidence: number | null;
  readonly values: number;
  readonly missing: number;
  readonly refused: number;
  readonly histogram: HistogramView | null;
  readonly units: readonly UnitView[];
  /** Most frequent first. */
  readonly texts: readonly TextView[];
  readonly textCount: number;
  readonly missingCodes: readonly MissingView[];
}

/** Counts over equal bins from `low` to `high`, in the study's unit. */
export interface HistogramView {
  readonly low: number;
  readonly high: number;
  /** Numbers as the file has them, taken as the study's unit. */
  readonly before: readonly number[];
  /** After conversion; null where nothing is converted. */
  readonly after: readonly number[] | null;
  /** Values that lie outside the plausible range, as in the file and as read. */
  readonly outsideBefore: number;
  readonly outsideAfter: number;
}

export interface UnitView {
  /** UCUM. */
  readonly unit: string;
  /** Share of values that would lie in the plausible range, 0 to 1. */
  readonly share: number;
}

export interface TextView {
  readonly text: string;
  readonly count: number;
  /** The plan's code it is read as, or null. */
  readonly code: string | null;
  /** Whether a person said that it means "missing". */
  readonly isMissing: boolean;
}

export interface MissingView {
  readonly text: string;
  readonly count: number;
  readonly accepted: boolean;
}

export interface OpenedTable {
  readonly table: TableView;
  readonly mapping: Mapping;
  readonly fields: readonly FieldView[];
  /** Whether `kept` was used. */
  readonly usedKept: boolean;
}

export interface CheckInput {
  readonly mapping: Mapping;
  /** The split file that the plan names, if it names one. */
  readonly split: FileInput | null;
  /** Patients who opted out, one a line. */
  readonly exclusions: FileInput | null;
}

/** A column that a person chose for a field: `part` and `name` as in FieldView. */
export interface SuggestInput {
  readonly part: FieldView['part'];
  readonly name: string;
  readonly column: string;
}
