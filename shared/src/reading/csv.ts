/** Delimited text to a raw table: encoding, dialect, records, table. Nothing is interpreted here; `schema` does that. */
import { findDialect, whole } from './delimiter.ts';
import { type RawTable, ReadingError, type TableChoices } from './raw-table.ts';
import { shapeTable } from './shape-table.ts';
import { decodeText } from './text-encoding.ts';
import { type Dialect, tokenize } from './tokenize.ts';

const PREVIEW_BYTES = 262_144;

/**
 * Reads a whole CSV file.
 *
 * @param bytes - The file.
 * @param choices - What a person says about it.
 * @returns Its table; empty lines are left out and do not count as rows.
 * @throws ReadingError with a `code` and a plain sentence.
 * @example readCsv(utf8ToBytes('age;bmi\n61;24,5\n')).decimal // ","
 */
export function readCsv(bytes: Uint8Array, choices: TableChoices = {}): RawTable {
  return whole(csvSteps(bytes, choices, []));
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
  const table = whole(csvSteps(isCut ? bytes.subarray(0, PREVIEW_BYTES) : bytes, {}, [], isCut));
  const rowCount = Math.min(rows, table.rowCount);
  return {
    ...table,
    rowCount,
    rows: table.rows.slice(0, rowCount),
    rowNumber: table.rowNumber.slice(0, rowCount),
    lineOfRow: table.lineOfRow.slice(0, rowCount),
  };
}

/** The steps of reading delimited text: yields how much is done, from 0 to 1. */
export function* csvSteps(
  bytes: Uint8Array,
  choices: TableChoices,
  expected: readonly string[],
  isCut = false,
): Generator<number, RawTable> {
  const decoded = decodeText(bytes, isCut, choices.encoding);
  if (decoded.text.trim() === '') throw new ReadingError('empty-file', 'This file is empty.');
  yield 0.1;
  const text = isCut ? upToLastLine(decoded.text) : decoded.text;
  refuseMarkup(text);
  const { body: given, declared } = withoutDeclaration(text);
  const body = choices.quote === undefined ? withoutOuterQuotes(given) : given;
  const chosen = { ...(declared === null ? {} : { delimiter: declared }), ...definedOf(choices) };
  const found = findDialect(body, chosen);
  const dialect = found.others.length > 0 && chosen.delimiter === undefined ? alignedDialect(body, found) : null;
  const steps = tokenize(dialect?.text ?? body, dialect ?? found);
  for (;;) {
    const step = steps.next();
    if (!step.done) {
      yield 0.1 + (0.4 * step.value) / body.length;
      continue;
    }
    const { encoding, notes, offered } = decoded;
    const delimiter = dialect === null ? found.delimiter : ' ';
    const source = {
      format: 'csv' as const,
      encoding,
      delimiter,
      notes,
      offered: { encodings: offered, delimiters: found.others, sheets: [] },
    };
    const shaping = shapeTable(step.value, source, choices, expected);
    for (;;) {
      const part = shaping.next();
      if (part.done) return part.value;
      yield 0.5 + 0.5 * part.value;
    }
  }
}

function definedOf({ delimiter, quote }: TableChoices): { readonly delimiter?: string; readonly quote?: string } {
  if (delimiter !== undefined && (delimiter.length !== 1 || /["'\r\n\w]/.test(delimiter))) {
    throw new ReadingError('unknown-choice', 'A delimiter is one sign: a comma, semicolon, tab, bar or blank.');
  }
  if (quote !== undefined && !['', '"', "'"].includes(quote))
    throw new ReadingError('unknown-choice', 'Cells are quoted by " or \' or nothing.');
  return { ...(delimiter === undefined ? {} : { delimiter }), ...(quote === undefined ? {} : { quote }) };
}

function upToLastLine(text: string): string {
  return text.slice(0, Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1) || text;
}

/** Spreadsheet programs write `sep=;` as a first line to name the delimiter; it stays an empty line, so that lines keep their numbers. */
function withoutDeclaration(text: string): { readonly body: string; readonly declared: string | null } {
  const match = /^"?sep=([^\r\n])"?(?=\r|\n)/i.exec(text);
  return match === null ? { body: text, declared: null } : { body: text.slice(match[0].length), declared: match[1] ?? null };
}

/** Some systems name a page or a sheet in XML `.xls` or `.csv`. */
function refuseMarkup(text: string): void {
  const start = text.slice(0, 300).trimStart().toLowerCase();
  const kind = start.startsWith('<?xml') ? 'an XML document' : /^<(?:!doctype|html|table|head|body|meta)/.test(start) ? 'a web page' : null;
  if (kind === null) return;
  throw new ReadingError(
    'not-a-table',
    `This file is ${kind}, whatever its name says. Open it in a spreadsheet program and save the table as .xlsx or CSV.`,
  );
}

/** Lines that were quoted as a whole, as when a table was taken for a single column. */
function withoutOuterQuotes(text: string): string {
  if (!text.startsWith('"')) return text;
  const lines = text.split(/\r\n?|\n/);
  const filled = lines.filter((line) => line.trim() !== '');
  const isWhole = (line: string) => /^"(?:[^"]|"")*[,;\t|](?:[^"]|"")*"$/.test(line.slice(0, 5000).trim());
  if (
    filled.length < 2 ||
    !filled.slice(0, 50).every(isWhole) ||
    !filled.every((line) => line.startsWith('"') && line.trimEnd().endsWith('"'))
  )
    return text;
  return lines.map((line) => line.trim().slice(1, -1).replaceAll('""', '"')).join('\n');
}

/** A text whose cells are set apart by blanks only: columns aligned for the eye, or a statistics program's plain table. */
function alignedDialect(
  text: string,
  { others, delimiter }: { readonly others: readonly string[]; readonly delimiter: string },
): (Dialect & { readonly text: string }) | null {
  if (others.length > 1 || text.includes(delimiter) || !text.includes(' ')) return null;
  for (const gap of [/ {2,}/g, / +/g]) {
    const split = text
      .replace(/^ +| +$/gm, '')
      .replace(/"[^"\r\n]*"| +/g, (part) => (part.startsWith('"') ? part : part.replace(gap, '\u001f')));
    const widths = split.split(/\r\n?|\n/, 200).flatMap((line) => (line.trim() === '' ? [] : [line.split('\u001f').length]));
    const [header = 0, ...rest] = widths;
    const even = rest.filter((width) => width === (rest[0] ?? 0)).length;
    if (rest.length >= 2 && even === rest.length && (rest[0] ?? 0) > 1 && Math.abs(header - (rest[0] ?? 0)) <= 1) {
      return { text: split, delimiter: '\u001f', quote: '"', hasBackslash: false };
    }
  }
  return null;
}
