/**
 * Where the table is in a file: how wide it is, which record names its columns, what stands above it. A header is told from a data row by
 * its columns: a text above numbers is a name, a number above numbers is a value.
 */
import { kindOf } from './cell-kinds.ts';
import { ReadingError, type TableChoices } from './raw-table.ts';
import { isBlank, type Records } from './records.ts';

export interface Layout {
  /** Cells of a full row. */
  readonly width: number;
  /** The record with the names; null if there is none. */
  readonly header: number | null;
  /** The first record below the header. */
  readonly firstRow: number;
  /** Whether rows have one cell more than the header, at the front: the row names of a statistics program. */
  readonly hasRowNames: boolean;
  /** Records that could be the header. */
  readonly candidates: readonly number[];
}

const LOOKED_AT = 60;
const SAMPLE = 120;

/**
 * @param chosenRow - What a person says: a line, or null for "no header".
 * @param expected - Names the header probably holds.
 * @throws ReadingError where no record is on the chosen line, or the rows are longer than their header.
 */
export function findLayout(records: Records, chosenRow: TableChoices['headerRow'], expected: ReadonlySet<string>): Layout {
  const width = commonWidth(records);
  const firstFull = firstFullRecord(records, width);
  const candidates = candidatesFrom(records, width);
  const found = { width, candidates };
  if (chosenRow === null) return { ...found, header: null, firstRow: firstFull, hasRowNames: false };
  if (chosenRow !== undefined) {
    const header = recordOnLine(records, chosenRow);
    return { ...found, header, firstRow: header + 1, hasRowNames: rowNamesBelow(records, header, width) };
  }
  const expectedHeader = byExpectedNames(records, expected);
  const header = expectedHeader ?? byKinds(records, width, firstFull);
  if (header !== null) return { ...found, header, firstRow: header + 1, hasRowNames: rowNamesBelow(records, header, width) };
  const above = lastTextAbove(records, firstFull);
  if (above !== null && rowNamesBelow(records, above, width)) return { ...found, header: above, firstRow: above + 1, hasRowNames: true };
  if (above !== null && filled(records, above) >= 3) {
    const cells = records.width(above);
    throw new ReadingError(
      'uneven-rows',
      `The header (line ${records.line(above)}) has ${cells} cells, but most rows have ${width}. Are numbers with a decimal comma written without quotes? Export the table with semicolons or tabs.`,
    );
  }
  return { ...found, header: null, firstRow: firstFull, hasRowNames: false };
}

/** The commonest number of cells, of at least two if that many records have it. */
function commonWidth(records: Records): number {
  const counts = new Map<number, number>();
  for (let record = 0; record < records.count; record++) {
    const width = records.width(record);
    counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  const [wide] = ranked.filter(([width]) => width > 1);
  const width = wide !== undefined && wide[1] * 4 >= records.count ? wide[0] : (ranked[0]?.[0] ?? 1);
  return width > 2 && endsWithDelimiter(records, width) ? width - 1 : width;
}

/** Whether rows end with a delimiter too many that their header has not. */
function endsWithDelimiter(records: Records, width: number): boolean {
  let isShorter = false;
  for (let record = 0; record < records.count; record++) {
    if (records.width(record) === width && records.text(record, width - 1).trim() !== '') return false;
    if (record < LOOKED_AT && records.width(record) === width - 1) isShorter = true;
  }
  return isShorter;
}

/** Cells of a record that hold something. */
export function filled(records: Records, record: number): number {
  let count = 0;
  for (let cell = records.width(record) - 1; cell >= 0; cell--) if (records.text(record, cell).trim() !== '') count++;
  return count;
}

/** The first record that is as long as a row, or one cell off, and mostly filled. */
function firstFullRecord(records: Records, width: number): number {
  const last = Math.min(records.count, LOOKED_AT * 4);
  const used = usedColumns(records, width);
  for (let record = 0; record < last; record++) if (isFull(records, record, width, used)) return record;
  for (let record = 0; record < last; record++) if (records.width(record) === width && !isBlank(records, record)) return record;
  return 0;
}

function isFull(records: Records, record: number, width: number, used: number): boolean {
  const cells = records.width(record);
  if (cells !== width && !(cells === width + 1 && records.text(record, width).trim() === '')) return false;
  const full = filled(records, record);
  if (full >= Math.max(1, Math.ceil(used * 0.6))) return true;
  // A column of row names often has no name of its own.
  return records.text(record, 0).trim() === '' && full === used - 1;
}

/** Columns that hold anything in the first records. */
function usedColumns(records: Records, width: number): number {
  const used = new Set<number>();
  for (let record = 0; record < Math.min(records.count, SAMPLE); record++) {
    if (records.width(record) < width) continue;
    for (let cell = 0; cell < width; cell++) if (records.text(record, cell).trim() !== '') used.add(cell);
  }
  return used.size;
}

function candidatesFrom(records: Records, width: number): number[] {
  const found: number[] = [];
  for (let record = 0; record < Math.min(records.count, LOOKED_AT) && found.length < 12; record++) {
    if (records.width(record) >= Math.min(2, width) && !isBlank(records, record)) found.push(record);
  }
  return found;
}

function recordOnLine(records: Records, line: number): number {
  for (let record = 0; record < records.count; record++) {
    if (records.line(record) === line) return record;
    if (records.line(record) > line) break;
  }
  throw new ReadingError('unknown-choice', `Line ${line} holds no cells, so it cannot be the header.`);
}

/** The record with most of the expected names, if it has two of them or is all of them. */
function byExpectedNames(records: Records, expected: ReadonlySet<string>): number | null {
  let [best, most] = [-1, 0];
  for (let record = 0; record < Math.min(records.count, LOOKED_AT); record++) {
    let known = 0;
    for (let cell = 0; cell < records.width(record); cell++) if (expected.has(nameKey(records.text(record, cell)))) known++;
    if (known > most) [best, most] = [record, known];
  }
  return best >= 0 && most >= Math.min(2, expected.size) && most * 3 >= filled(records, best) ? best : null;
}

/** The form in which column names are compared. */
export function nameKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function byKinds(records: Records, width: number, firstFull: number): number | null {
  // Two columns are also what "Hospital;North" above a table has: there the header is the first line with three values right below it.
  if (width === 2 && !hasValuesBelow(records, firstFull)) {
    for (let record = firstFull + 1; record <= Math.min(records.count - 4, firstFull + 8); record++) {
      if (records.width(record) === 2 && filled(records, record) === 2 && hasValuesBelow(records, record)) return record;
    }
  }
  return headerScore(records, width, firstFull) < 0 ? null : firstFull;
}

function hasValuesBelow(records: Records, header: number): boolean {
  return [0, 1].some((cell) => {
    if (kindOf(records.text(header, cell).trim()) !== 'text') return false;
    const { known, values } = kindsBelow(records, 2, header, cell, '');
    if (known < 3 || values < known * 0.9) return false;
    return [1, 2, 3].every((below) => kindOf(records.text(header + below, cell).trim()) !== 'text');
  });
}

/** Above 0: the record looks like names of what is below it. Below 0: like one more row. */
function headerScore(records: Records, width: number, header: number): number {
  let score = 0;
  for (let cell = 0; cell < width; cell++) {
    const text = records.text(header, cell).trim();
    const own = kindOf(text);
    if (own === 'missing') continue;
    const below = kindsBelow(records, width, header, cell, text);
    if (below.known === 0) {
      score += own === 'text' ? 0 : -0.5;
      continue;
    }
    const valued = below.values / below.known;
    if (own === 'text')
      score += valued > 0.5 ? valued : below.same > 0 ? -0.6 : below.withDigits === below.known && !/\d/.test(text) ? 0.7 : 0;
    else score -= valued > 0.5 ? 1.01 * valued : 0.3;
  }
  return score;
}

function kindsBelow(records: Records, width: number, header: number, cell: number, text: string) {
  let [known, values, same, withDigits] = [0, 0, 0, 0];
  const last = Math.min(records.count, header + 1 + SAMPLE);
  for (let record = header + 1; record < last; record++) {
    if (Math.abs(records.width(record) - width) > 1 || isSameRecord(records, header, record)) continue;
    const own = records.text(record, cell).trim();
    const kind = kindOf(own);
    if (kind === 'missing') continue;
    known++;
    if (/\d/.test(own)) withDigits++;
    if (kind !== 'text') values++;
    else if (own === text) same++;
  }
  return { known, values, same, withDigits };
}

/** The header once more, as between the pages of a report. */
function isSameRecord(records: Records, a: number, b: number): boolean {
  const width = records.width(a);
  if (width < 2 || records.width(b) !== width) return false;
  for (let cell = 0; cell < width; cell++) if (records.text(a, cell) !== records.text(b, cell)) return false;
  return true;
}

/** Rows one cell longer than their header whose first cells are all different. */
function rowNamesBelow(records: Records, header: number, width: number): boolean {
  const own = records.width(header);
  if (own !== width - 1 || own < 2) return false;
  const names = new Set<string>();
  let rows = 0;
  for (let record = header + 1; record < records.count; record++) {
    if (records.width(record) !== width) continue;
    if (records.text(record, width - 1).trim() === '' && rows === 0) return lastColumnFilled(records, header, width);
    names.add(records.text(record, 0).trim());
    rows++;
    if (names.size < rows) return false;
  }
  return rows > 0 && lastColumnFilled(records, header, width);
}

/** Whether the last cell is ever filled; where it never is, the rows only end with one delimiter too many. */
function lastColumnFilled(records: Records, header: number, width: number): boolean {
  for (let record = header + 1; record < records.count; record++) {
    if (records.width(record) === width && records.text(record, width - 1).trim() !== '') return true;
  }
  return false;
}

function lastTextAbove(records: Records, firstFull: number): number | null {
  for (let record = firstFull - 1; record >= 0; record--) {
    if (isBlank(records, record)) continue;
    let texts = 0;
    for (let cell = 0; cell < records.width(record); cell++) if (kindOf(records.text(record, cell).trim()) === 'text') texts++;
    return texts >= 1 && texts === filled(records, record) ? record : null;
  }
  return null;
}
