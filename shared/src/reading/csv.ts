/**
 * Delimited text to a raw table: encoding, delimiter, decimal mark, header, quoted cells, ragged rows.
 * Nothing is interpreted here; `schema` does that. Source of the quoting rules: RFC 4180, as papaparse reads it.
 */
import Papa from 'papaparse';
import { findDecimalMark } from './decimal.ts';
import { findDelimiter } from './delimiter.ts';
import { type RaggedRow, type RawTable, ReadingError } from './raw-table.ts';
import { decodeText } from './text-encoding.ts';

const PREVIEW_BYTES = 262_144;

/**
 * Reads a whole CSV file.
 *
 * @param bytes - The file.
 * @returns Its table; empty lines are left out and do not count as rows.
 * @throws ReadingError with a `code` and a plain sentence.
 * @example readCsv(utf8ToBytes('age;bmi\n61;24,5\n')).decimal // ","
 */
export function readCsv(bytes: Uint8Array): RawTable {
  return read(bytes, false, 0);
}

/**
 * Reads the first rows of a file, quickly, however long the file is.
 *
 * @param bytes - The file; only its first 256 KiB are looked at.
 * @param rows - How many data rows at most, ≥ 1.
 * @returns A table of those rows. Delimiter and decimal mark are judged by the beginning of the file alone.
 * @throws ReadingError as `readCsv`.
 */
export function previewCsv(bytes: Uint8Array, rows: number): RawTable {
  const isCut = bytes.length > PREVIEW_BYTES;
  return read(isCut ? bytes.subarray(0, PREVIEW_BYTES) : bytes, isCut, rows);
}

function read(bytes: Uint8Array, isCut: boolean, limit: number): RawTable {
  const { text, encoding } = decodeText(bytes, isCut);
  if (text.trim() === '') throw new ReadingError('empty-file', 'This file is empty.');
  const parsed = parse(text, isCut, limit);
  const { header, headerLine, rows, lines } = parsed;
  const columns = header.map((name) => name.normalize('NFC').trim());
  checkHeader(columns, headerLine);
  if (rows.length === 0) throw new ReadingError('no-rows', 'This file has a header line but no rows.');

  const ragged: RaggedRow[] = [];
  const even = rows.map((cells, index) => {
    if (cells.length === columns.length) return cells;
    ragged.push({ row: index + 1, line: lines[index]!, cells: cells.length });
    return columns.map(() => '');
  });
  const { decimal, otherCells } = findDecimalMark(even, parsed.delimiter);
  return {
    format: 'csv',
    columns,
    rowCount: even.length,
    cell: (row, column) => even[row]?.[column] ?? '',
    rows: even,
    rowNumber: Uint32Array.from(even, (_, index) => index + 1),
    lineOfRow: Uint32Array.from(lines),
    encoding,
    delimiter: parsed.delimiter,
    decimal,
    thousands: '',
    numbers: columns.map(() => ({ decimal, thousands: '' as const, isAmbiguous: false, otherCells: 0 })),
    headerRow: headerLine,
    renamed: [],
    dropped: [],
    choices: { encodings: [{ encoding, sample: [] }], delimiters: [parsed.delimiter], sheets: [], headerRows: [] },
    ragged,
    notes: notesOf(encoding, decimal, otherCells, ragged, columns.length),
  };
}

interface ParsedText {
  readonly header: readonly string[];
  readonly headerLine: number;
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly delimiter: string;
}

function parse(text: string, isCut: boolean, limit: number): ParsedText {
  let body = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (isCut) body = body.slice(0, body.lastIndexOf('\n') + 1) || body;
  const declared = /^sep=(.)\n/.exec(body); // spreadsheet programs write this line to name the delimiter
  if (declared) body = body.slice(declared[0].length);
  let line = declared ? 2 : 1;
  const delimiter = declared?.[1] ?? findDelimiter(body);
  const result = Papa.parse<string[]>(body, {
    delimiter,
    newline: '\n',
    preview: limit > 0 ? limit + 1 : 0,
  });
  const rows: string[][] = [];
  const lines: number[] = [];
  for (const cells of result.data) {
    if (cells.length > 1 || cells[0]!.trim() !== '') {
      rows.push(cells);
      lines.push(line);
    }
    line += 1;
    for (const cell of cells) for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) line += 1;
  }
  for (const error of result.errors) {
    if (isCut && error.code === 'MissingQuotes') continue;
    throw quoteError(error.code);
  }
  const [header = [], ...data] = rows;
  const [headerLine = 1, ...dataLines] = lines;
  return { header, headerLine, rows: data, lines: dataLines, delimiter };
}

function quoteError(code: string): ReadingError {
  if (code === 'MissingQuotes') return new ReadingError('unclosed-quote', 'A quoted cell is never closed: the file may be cut short.');
  return new ReadingError('unreadable', 'A quoted cell has text after its closing quote. Export the table again as CSV.');
}

function checkHeader(columns: readonly string[], line: number): void {
  const empty = columns.indexOf('');
  if (empty >= 0) throw new ReadingError('not-a-table', `Column ${empty + 1} has no name in the header (line ${line}).`);
  const duplicate = columns.find((name, index) => columns.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw new ReadingError('not-a-table', `The column name "${duplicate}" stands twice in the header (line ${line}).`);
  }
}

function notesOf(encoding: string, decimal: string, otherCells: number, ragged: readonly RaggedRow[], width: number): string[] {
  const notes: string[] = [];
  if (encoding === 'windows-1252') notes.push('The text is not UTF-8; it was read as Windows-1252.');
  if (decimal === ',') notes.push('Numbers in this file use a decimal comma.');
  if (otherCells > 0) notes.push(`${otherCells} cells use the other decimal mark and will not be read as numbers.`);
  if (ragged.length > 0) {
    const first = ragged.slice(0, 5).map(({ line, cells }) => `line ${line} has ${cells}`);
    const more = ragged.length > 5 ? `, and ${ragged.length - 5} more` : '';
    notes.push(`${ragged.length} rows do not have ${width} cells (${first.join(', ')}${more}); they are treated as empty.`);
  }
  return notes;
}
