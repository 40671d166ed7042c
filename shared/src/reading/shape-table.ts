/** Records to a raw table: the header found, what is no row dropped with its reason, columns named, number styles decided. */
import { nameColumns } from './column-names.ts';
import { findFurniture } from './furniture.ts';
import { findLayout, type Layout, nameKey } from './layout.ts';
import { addEvidence, decideStyles, type Evidence, noEvidence } from './number-evidence.ts';
import {
  type DropKind,
  type DroppedRow,
  type OfferedChoices,
  type RaggedRow,
  type RawTable,
  ReadingError,
  type TableChoices,
  type TableFormat,
} from './raw-table.ts';
import { isBlank, type Records } from './records.ts';

export interface Source {
  readonly format: TableFormat;
  readonly encoding: string;
  readonly delimiter: string;
  readonly notes: readonly string[];
  /** Those of the notes that want a look. */
  readonly doubts?: readonly string[];
  readonly offered: Omit<OfferedChoices, 'headerRows'>;
}

const REASONS: Record<DropKind, string> = {
  preamble: 'stands above the column names',
  blank: 'is empty',
  total: 'is a total or a summary, not a patient',
  note: 'is a note, not a patient',
  'repeated-header': 'repeats the column names',
  'second-header': 'describes the columns (units, labels or types)',
  separator: 'is a rule between rows',
  'cut-short': 'is cut short: the file ends inside it',
  unreadable: 'has quotes that do not pair up',
  'no-time-zero': 'has no time zero',
};
/** Cells of one column and one kind that are looked at for number marks. */
const LOOKED_AT = 2000;
const STEP = 4096;

/**
 * @param records - As the format gives them.
 * @param source - Where they come from.
 * @param choices - What a person says; overrides what is found.
 * @param expected - Names the header probably has.
 * @returns A generator: it yields how much is done, from 0 to 1, and returns the table.
 * @throws ReadingError where there is no table.
 */
export function* shapeTable(
  records: Records,
  source: Source,
  choices: TableChoices,
  expected: readonly string[],
): Generator<number, RawTable> {
  if (records.count === 0) throw new ReadingError('empty-file', 'This file is empty.');
  const layout = findLayout(records, choices.headerRow, new Set(expected.map(nameKey)));
  const { width, header, firstRow } = layout;
  const { kinds } = findFurniture(records, layout);
  yield 0.2;

  const dropped: DroppedRow[] = [];
  for (let record = 0; record < (header ?? firstRow); record++) dropped.push(drop(records, record, null, 'preamble'));
  const kept: number[] = [];
  const rowNumbers: number[] = [];
  const ragged: RaggedRow[] = [];
  const isRagged = new Set<number>();
  kinds.forEach((kind, index) => {
    const record = firstRow + index;
    if (kind !== '') {
      dropped.push(drop(records, record, index + 1, kind));
      return;
    }
    if (!fits(records, record, width)) {
      ragged.push({ row: index + 1, line: records.line(record), cells: records.width(record) });
      isRagged.add(record);
    }
    kept.push(record);
    rowNumbers.push(index + 1);
  });
  refuseWithoutRows(kept.length, ragged.length, header, records, layout);

  const text = (record: number, cell: number) => (isRagged.has(record) ? '' : records.text(record, cell));
  const every = (holds: (record: number) => boolean) => kept.every(holds);
  const named = nameColumns(
    headerNames(records, layout),
    width,
    (cell) => every((record) => text(record, cell).trim() === ''),
    (a, b) => every((record) => text(record, a) === text(record, b)),
  );
  const evidence = named.columns.map(noEvidence);
  for (let from = 0; from < kept.length; from += STEP) {
    collectEvidence(records, kept, from, named.cells, isRagged, evidence);
    yield 0.3 + (0.7 * from) / kept.length;
  }
  const { decimal, thousands, numbers } = decideStyles(evidence, source.delimiter, choices);
  const keptRecords = Uint32Array.from(kept);
  const cell = (row: number, column: number) => text(keptRecords[row] ?? -1, named.cells[column] ?? 0);
  let rows: string[][] | null = null;
  return {
    format: source.format,
    columns: named.columns,
    rowCount: kept.length,
    cell,
    get rows() {
      rows ??= kept.map((_, row) => named.columns.map((_name, column) => cell(row, column)));
      return rows;
    },
    rowNumber: Uint32Array.from(rowNumbers),
    lineOfRow: Uint32Array.from(kept, (record) => records.line(record)),
    encoding: source.encoding,
    delimiter: source.delimiter,
    decimal,
    thousands,
    numbers,
    headerRow: header === null ? null : records.line(header),
    renamed: named.renamed,
    dropped,
    ragged,
    notes: [
      ...source.notes,
      ...named.notes,
      ...rowNotes(dropped, ragged, width),
      ...numberNotes(decimal, thousands, numbers, named.columns),
    ],
    doubts: source.doubts ?? [],
    choices: { ...source.offered, headerRows: layout.candidates.map((record) => candidate(records, record)) },
  };
}

function drop(records: Records, record: number, row: number | null, kind: DropKind): DroppedRow {
  const line = records.line(record);
  const reason = records.fault(record) === 'syntax' ? 'is not JSON' : REASONS[kind];
  return { row, line, kind, reason: `Line ${line} ${reason}.` };
}

/** Whether a record is as long as the table is wide, empty cells beyond its end aside. */
function fits(records: Records, record: number, width: number): boolean {
  const cells = records.width(record);
  if (cells < width) return false;
  for (let cell = width; cell < cells; cell++) if (records.text(record, cell).trim() !== '') return false;
  return true;
}

function headerNames(records: Records, { header, width, hasRowNames }: Layout): string[] | null {
  if (header === null) return null;
  const names = Array.from({ length: Math.max(width, records.width(header)) }, (_, cell) => records.text(header, cell));
  return hasRowNames ? ['', ...names.slice(0, width - 1)] : names;
}

function refuseWithoutRows(rows: number, ragged: number, header: number | null, records: Records, { width }: Layout): void {
  if (
    rows === 0 &&
    Array.from({ length: Math.min(records.count, 1000) }, (_, record) => record).every((record) => isBlank(records, record))
  ) {
    throw new ReadingError('empty-file', 'This file is empty.');
  }
  if (rows === 0) throw new ReadingError('no-rows', 'This file has a header line but no rows.');
  if (ragged * 2 > rows && ragged > 1) {
    const line = header === null ? '' : ` (line ${records.line(header)})`;
    throw new ReadingError(
      'uneven-rows',
      `${ragged} of ${rows} rows do not have the ${width} cells of the header${line}. Is another delimiter meant, or are cells without quotes?`,
    );
  }
}

function collectEvidence(
  records: Records,
  kept: readonly number[],
  from: number,
  cells: Uint32Array,
  isRagged: ReadonlySet<number>,
  evidence: readonly Evidence[],
): void {
  const to = Math.min(kept.length, from + STEP);
  for (let row = from; row < to; row++) {
    const record = kept[row]!;
    if (isRagged.has(record)) continue;
    for (let column = 0; column < cells.length; column++) {
      const marks = records.marks(record, cells[column]!);
      if (marks === 0) continue;
      const found = evidence[column]!;
      if (found.seen[marks]! >= LOOKED_AT) continue;
      found.seen[marks]!++;
      addEvidence(found, records.text(record, cells[column]!).trim());
    }
  }
}

function candidate(records: Records, record: number): { readonly line: number; readonly cells: readonly string[] } {
  const cells = Array.from({ length: Math.min(6, records.width(record)) }, (_, cell) => records.text(record, cell).trim().slice(0, 40));
  return { line: records.line(record), cells };
}

function rowNotes(dropped: readonly DroppedRow[], ragged: readonly RaggedRow[], width: number): string[] {
  const notes: string[] = [];
  for (const kind of new Set(dropped.map((row) => row.kind))) {
    const lines = dropped.filter((row) => row.kind === kind).map((row) => row.line);
    const more = lines.length > 5 ? ` and ${lines.length - 5} more` : '';
    notes.push(`${lines.length === 1 ? 'Line' : 'Lines'} ${lines.slice(0, 5).join(', ')}${more} left out (${kind}).`);
  }
  if (ragged.length > 0) {
    const first = ragged.slice(0, 5).map(({ line, cells }) => `line ${line} has ${cells}`);
    const more = ragged.length > 5 ? `, and ${ragged.length - 5} more` : '';
    notes.push(`${ragged.length} rows do not have ${width} cells (${first.join(', ')}${more}); they are treated as empty.`);
  }
  return notes;
}

function numberNotes(decimal: string, thousands: string, numbers: RawTable['numbers'], columns: readonly string[]): string[] {
  const notes: string[] = [];
  if (decimal === ',') notes.push('Numbers in this file use a decimal comma.');
  if (thousands !== '') notes.push(`Thousands are set apart by "${thousands}".`);
  const others = columns.filter((_, column) => numbers[column]?.decimal !== decimal);
  if (others.length > 0) notes.push(`${others.length} columns use the other decimal mark throughout: ${others.slice(0, 5).join(', ')}.`);
  const ambiguous = columns.filter((_, column) => numbers[column]?.isAmbiguous);
  if (ambiguous.length > 0) {
    notes.push(
      `It cannot be told whether a mark is a decimal mark or sets thousands apart in ${ambiguous.slice(0, 5).join(', ')}. Choose the decimal mark.`,
    );
  }
  const mixed = numbers.reduce((sum, style) => sum + style.otherCells, 0);
  if (mixed > 0) notes.push(`${mixed} cells use the other decimal mark than their column and will not be read as numbers.`);
  return notes;
}
