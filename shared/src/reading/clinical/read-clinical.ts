/** A folder of FHIR or OMOP files to one row per patient, by the rules of the plan's `source`. */
import { type DroppedRow, type RawTable, ReadingError } from '../raw-table.ts';
import { type Watch, watched } from '../watch.ts';
import { readFhir } from './fhir.ts';
import type { ClinicalFile } from './file-text.ts';
import { readOmop } from './omop.ts';
import type { ClinicalData } from './records-of-patients.ts';
import type { ClinicalSource } from './source.ts';
import { takeCell, timeZeroOf, type Unused } from './take.ts';

const STEP = 64;

/**
 * Reads one row per patient.
 *
 * @param files - All files of the export, with their names; `.gz` is unpacked.
 * @param source - Which records make which column.
 * @param watch - How the reading is watched.
 * @returns The table, patients in the order of the files. Broken lines are in `dropped`, with their file.
 * @throws ReadingError when no patient is there, or a file cannot be read at all.
 */
export async function readClinical(files: readonly ClinicalFile[], source: ClinicalSource, watch: Watch = {}): Promise<RawTable> {
  if (files.length === 0) throw new ReadingError('empty-file', 'No file was chosen.');
  return watched(clinicalSteps(files, source), watch);
}

function* clinicalSteps(files: readonly ClinicalFile[], source: ClinicalSource): Generator<number, RawTable> {
  yield 0;
  const data = source.kind === 'fhir' ? readFhir(files) : readOmop(files);
  if (data.patients.length === 0) throw new ReadingError('no-rows', noPatients(data));
  yield 0.6;
  const unused: Unused[] = source.columns.map(() => ({ units: 0, undated: 0, several: 0 }));
  const rows: string[][] = [];
  const rowNumbers: number[] = [];
  const dropped: DroppedRow[] = data.broken.map(({ file, line, reason }) => ({
    row: null,
    line,
    kind: 'unreadable',
    reason: `Line ${line} of ${file} ${reason}.`,
  }));
  for (const [index, patient] of data.patients.entries()) {
    if (index % STEP === 0) yield 0.6 + (0.4 * index) / data.patients.length;
    const zero = source.timeZero === null ? '' : timeZeroOf(patient, source.timeZero);
    if (source.timeZero !== null && zero === '') {
      dropped.push({ row: index + 1, line: index + 1, kind: 'no-time-zero', reason: `Patient ${index + 1} has no time zero.` });
      continue;
    }
    rows.push(source.columns.map((column, at) => takeCell(patient, column, zero, unused[at]!)));
    rowNumbers.push(index + 1);
  }
  if (rows.length === 0) throw new ReadingError('no-rows', 'No patient in these files has a time zero.');
  return tableOf(source, rows, rowNumbers, dropped, [...data.notes, ...brokenNotes(data), ...unusedNotes(source, unused)]);
}

function noPatients({ broken }: ClinicalData): string {
  const first = broken[0];
  return first === undefined
    ? 'There is no patient in these files.'
    : `There is no patient in these files; line ${first.line} of ${first.file} ${first.reason}.`;
}

function brokenNotes({ broken }: ClinicalData): string[] {
  if (broken.length === 0) return [];
  const first = broken.slice(0, 5).map(({ file, line }) => `${file} line ${line}`);
  return [`${broken.length} lines could not be read and were left out: ${first.join(', ')}${broken.length > 5 ? ' and more' : ''}.`];
}

function unusedNotes({ columns }: ClinicalSource, unused: readonly Unused[]): string[] {
  return columns.flatMap(({ name, unit }, column) => {
    const { units = 0, undated = 0, several = 0 } = unused[column] ?? {};
    const notes: string[] = [];
    if (units > 0) notes.push(`${name}: ${units} values are not in ${unit} and were not used.`);
    if (undated > 0) notes.push(`${name}: ${undated} records have no date that could be compared with time zero and were not used.`);
    if (several > 0) notes.push(`${name}: ${several} patients have several different values where one is expected; they are empty.`);
    return notes;
  });
}

function tableOf(
  source: ClinicalSource,
  rows: readonly (readonly string[])[],
  rowNumbers: readonly number[],
  dropped: readonly DroppedRow[],
  notes: readonly string[],
): RawTable {
  const columns = source.columns.map(({ name }) => name);
  return {
    format: source.kind,
    columns,
    rowCount: rows.length,
    cell: (row, column) => rows[row]?.[column] ?? '',
    rows,
    rowNumber: Uint32Array.from(rowNumbers),
    lineOfRow: Uint32Array.from(rowNumbers),
    encoding: '',
    delimiter: '',
    decimal: '.',
    thousands: '',
    numbers: columns.map(() => ({ decimal: '.', thousands: '', isAmbiguous: false, otherCells: 0 })),
    headerRow: 0,
    renamed: [],
    dropped,
    ragged: [],
    notes,
    choices: { encodings: [], delimiters: [], sheets: [], headerRows: [] },
  };
}
