/** Patients with their records, whatever the format they came in. */
import type { RecordKind } from './source.ts';

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

export interface ClinicalRecord {
  readonly kind: RecordKind;
  readonly codings: readonly Coding[];
  /** As the file has it: ISO, perhaps only a year or a month; '' if unknown. */
  readonly date: string;
  /** Breaks ties between equal dates; rises with the file, or is the record's own number. */
  readonly order: number;
  readonly value: string;
  readonly unit: string;
  readonly components: readonly { readonly codings: readonly Coding[]; readonly value: string; readonly unit: string }[];
  /** Any other field, by a path of the resource or a column of the table; '' if it is not there. */
  readonly field: (path: string) => string;
}

export interface PatientRecords {
  readonly id: string;
  readonly field: (path: string) => string;
  readonly records: readonly ClinicalRecord[];
}

/** What a reader of files found. */
export interface ClinicalData {
  readonly patients: readonly PatientRecords[];
  /** Lines and files that could not be read. */
  readonly broken: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
  readonly notes: readonly string[];
}
