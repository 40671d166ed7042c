/**
 * JSON to records, the names first: a list of objects or of lists, one object a line (NDJSON), a table as `{ columns, data }`, or an object
 * of columns. Nested objects become `outer.inner`. Broken lines are named, not skipped in silence.
 */
import { ReadingError } from './raw-table.ts';
import { type Records, recordsOf } from './records.ts';

export interface JsonTable {
  readonly records: Records;
  readonly format: 'json' | 'ndjson';
  /** Whether the first record holds the names for certain. */
  readonly hasNames: boolean;
  readonly notes: readonly string[];
}

type Item = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
const MOST_COLUMNS = 20_000;

/**
 * @param text - Of the file.
 * @throws ReadingError where it is not JSON or holds no table.
 */
export function readJson(text: string): JsonTable {
  const whole = parse(text);
  if (whole !== undefined) {
    refuseFhir(whole);
    const lone = isObject(whole) && rowsWithin(whole) === null && !text.trim().includes('\n') && !isColumnar(whole);
    if (!lone) return { ...tableOf(rowsOf(whole), null), format: 'json' };
  }
  return lines(text);
}

/** A bundle is no table by itself. */
function refuseFhir(value: unknown): void {
  const first = Array.isArray(value) ? (value as unknown[])[0] : value;
  if (!isObject(first) || typeof first.resourceType !== 'string') return;
  throw new ReadingError(
    'not-a-table',
    'These are FHIR resources. The plan of the study must say, under "source", which of their values make a row.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function lines(text: string): JsonTable {
  const items: unknown[] = [];
  const places: number[] = [];
  const broken = new Set<number>();
  const all = text.split(/\r\n?|\n/);
  all.forEach((line, index) => {
    if (line.trim() === '') return;
    const item = parse(line);
    const isItem = isObject(item) || Array.isArray(item);
    if (!isItem) broken.add(items.length);
    items.push(isItem ? item : null);
    places.push(index + 1);
  });
  const readable = items.filter((item) => item !== null);
  if (readable.length === 0)
    throw new ReadingError('unreadable', 'This file is neither JSON nor one JSON object a line: it may be cut short.');
  if (broken.size > readable.length) {
    const [first = 0] = broken;
    throw new ReadingError('unreadable', `${broken.size} of ${items.length} lines are not JSON (line ${places[first]} is the first).`);
  }
  refuseFhir(readable);
  return { ...tableOf(items, places, broken), format: 'ndjson' };
}

function rowsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) throw new ReadingError('not-a-table', 'This JSON file holds a single value, not a table.');
  const { columns, data } = value;
  if (Array.isArray(columns) && Array.isArray(data)) return [columns, ...(data as unknown[])];
  const inner = rowsWithin(value);
  if (inner !== null) return inner;
  return isColumnar(value) ? rowsOfColumns(value) : [value];
}

/** The only list of objects or lists in an object, whatever its name. */
function rowsWithin(value: Item): readonly unknown[] | null {
  const lists = Object.values(value).filter(
    (part) => Array.isArray(part) && part.length > 0 && part.every((row) => isObject(row) || Array.isArray(row)),
  );
  return lists.length === 1 ? (lists[0] as unknown[]) : null;
}

/** `{ age: [61, 48], sex: [1, 0] }`, or the same with `{ "0": 61, "1": 48 }`. */
function isColumnar(value: Item): boolean {
  const parts = Object.values(value);
  if (parts.length === 0) return false;
  if (parts.every(Array.isArray)) return new Set(parts.map((part) => (part as unknown[]).length)).size === 1;
  return parts.every((part) => isObject(part) && Object.keys(part).length > 0 && Object.keys(part).every((key) => /^\d+$/.test(key)));
}

function rowsOfColumns(value: Item): readonly unknown[] {
  const names = Object.keys(value);
  const keys = [...new Set(names.flatMap((name) => Object.keys(value[name] as object)))];
  return keys.map((key) => Object.fromEntries(names.map((name) => [name, (value[name] as Item)[key]])));
}

function tableOf(
  rows: readonly unknown[],
  places: readonly number[] | null,
  broken: ReadonlySet<number> = new Set(),
): Omit<JsonTable, 'format'> {
  if (rows.length === 0) throw new ReadingError('no-rows', 'This JSON file holds no rows.');
  const unsafe = { count: 0 };
  if (rows.every((row) => row === null || Array.isArray(row))) {
    const cells = rows.map((row) => ((row ?? []) as unknown[]).map((cell) => cellText(cell, unsafe)));
    return { records: recordsOf(cells, places ?? undefined, broken), hasNames: false, notes: notesOf(unsafe.count) };
  }
  const positions = new Map<string, number>();
  const flat = rows.map((row) => {
    const cells: string[] = [];
    if (isObject(row)) addCells(row, '', positions, cells, unsafe, 0);
    return cells;
  });
  const names = [...positions.keys()];
  const cells = flat.map((row) => names.map((_, column) => row[column] ?? ''));
  const lines = places === null ? undefined : [0, ...places];
  const faulty = new Set([...broken].map((record) => record + 1));
  return { records: recordsOf([names, ...cells], lines, faulty), hasNames: true, notes: notesOf(unsafe.count) };
}

function addCells(
  row: Item,
  prefix: string,
  positions: Map<string, number>,
  cells: string[],
  unsafe: { count: number },
  depth: number,
): void {
  for (const [key, value] of Object.entries(row)) {
    const name = prefix + key;
    if (isObject(value) && depth < 8) {
      addCells(value, `${name}.`, positions, cells, unsafe, depth + 1);
      continue;
    }
    let at = positions.get(name);
    if (at === undefined) {
      at = positions.size;
      if (at >= MOST_COLUMNS) throw new ReadingError('too-large', `This JSON file has more than ${MOST_COLUMNS} different keys.`);
      positions.set(name, at);
    }
    cells[at] = cellText(value, unsafe);
  }
}

function cellText(value: unknown, unsafe: { count: number }): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) unsafe.count++;
    return String(value);
  }
  return typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

function notesOf(unsafe: number): string[] {
  return unsafe === 0 ? [] : [`${unsafe} whole numbers are too long to be held exactly: write identifiers as texts, in quotes.`];
}
