/** Any file of a hospital to a raw table: the format is told by the content first, then by the name. */
import { csvSteps } from './csv.ts';
import { readJson } from './json.ts';
import { isParquet, readParquet } from './parquet.ts';
import type { RawTable, TableChoices, TableFormat } from './raw-table.ts';
import type { Records } from './records.ts';
import { shapeTable } from './shape-table.ts';
import { decodeText } from './text-encoding.ts';
import { cancelled, type Watch, watched } from './watch.ts';
import { isWorkbook, readWorkbook } from './xlsx.ts';

/** What the reader may know beforehand. */
export interface Hints extends Watch {
  /** Names a header probably has, such as the columns of a plan; they help to find it. */
  readonly expected?: readonly string[];
}

/**
 * Reads a table.
 *
 * @param bytes - The whole file.
 * @param fileName - With its ending; only looked at where the content does not say what it is.
 * @param choices - What a person chose instead of what was detected.
 * @param hints - Names to expect, and how the reading is watched.
 * @returns The table.
 * @throws ReadingError with a `code` and a plain sentence.
 * @example (await readTable(utf8ToBytes('age;bmi\n61;24,5\n'), 'a.csv')).decimal // ","
 */
export async function readTable(bytes: Uint8Array, fileName: string, choices: TableChoices = {}, hints: Hints = {}): Promise<RawTable> {
  const expected = hints.expected ?? [];
  const shape = (
    records: Records,
    format: TableFormat,
    notes: readonly string[],
    hasNames: boolean,
    sheets: readonly string[] = [],
    encoding = '',
    doubts: readonly string[] = [],
  ) => {
    const source = { format, encoding, delimiter: '', notes, doubts, offered: { encodings: [], delimiters: [], sheets } };
    const known = hasNames ? { headerRow: records.line(0) } : {};
    return watched(shapeTable(records, source, { ...known, ...choices }, expected), hints);
  };
  if (hints.isCancelled?.()) throw cancelled();
  if (isWorkbook(bytes)) {
    const { records, notes, doubts, sheets } = readWorkbook(bytes, choices.sheet);
    return shape(records, 'xlsx', notes, false, sheets, '', doubts);
  }
  if (isParquet(bytes)) return shape(await readParquet(bytes), 'parquet', [], true);
  if (isJson(bytes, fileName)) {
    const { text, encoding } = decodeText(bytes, false, choices.encoding);
    const { records, format, notes, hasNames } = readJson(text);
    return shape(records, format, notes, hasNames, [], encoding);
  }
  return watched(csvSteps(bytes, choices, expected), hints);
}

/** Whether a text begins as JSON does: with a brace, or with a bracket that a list of rows has. */
function isJson(bytes: Uint8Array, fileName: string): boolean {
  if (/\.(?:json|ndjson|jsonl)$/i.test(fileName)) return true;
  const start = decodeStart(bytes);
  return /^\s*(?:\{\s*["}]|\[\s*[[{\]])/.test(start);
}

function decodeStart(bytes: Uint8Array): string {
  const start = bytes.subarray(0, 400);
  return String.fromCharCode(...start)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replaceAll('\0', '');
}
