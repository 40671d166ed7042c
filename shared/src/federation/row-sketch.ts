/**
 * How many rows are other rows than in an earlier version of a plan, told without keeping a row: of each part (training, validation, test) 256 counts, by one byte of a
 * keyed hash of the row, and the sum of the hashes.
 *
 * Rules: equal sums are equal rows. Counts only ever miss changes (one out and one in may meet in a count), so a change is never taken for larger than it is. Rows are compared by the
 * values of the earlier version's columns; in the same file also by their place, which needs no column. Source: docs/protocol.md, "Differencing guard".
 */
import { lengthPrefixed, sha256, toHex, utf8Bytes } from '../crypto/index.ts';
import type { SiteRecord } from './contracts.ts';
import type { RowSet } from './contributors.ts';
import type { ComparedTally, RowSketch, RowTallies, RowTally } from './record-parts.ts';

/** Values of a column, shape (rows,). */
type Columns = ReadonlyMap<string, Float64Array | readonly string[]>;

/** Rows as two versions of a study can compare them. Stays where the rows are. */
export interface ComparedRows {
  /** SHA-256 of the file, hex. */
  readonly file: string;
  /** What sums are made of, by feature or outcome. */
  readonly columns: Columns;
  /** The group each row is in, by the feature that groups. */
  readonly groups: Columns;
  /** Per row: 0 left out, 1 train, 2 validation, 3 test. */
  readonly sets: Uint8Array;
  /** 1-based data row of the file. */
  readonly rowNumber: Uint32Array;
}

export const SKETCH_COUNTS = 256;
const SETS: readonly RowSet[] = ['training', 'validation', 'test'];
const LANES = 8;

/** @param key - 32 random bytes, hex; the sketch's own. */
export function sketchRows(rows: ComparedRows, key: string): RowSketch {
  const of = (columns: Columns): ComparedTally => {
    const names = [...columns.keys()].sort();
    return { columns: names, tallies: tallies(rows, key, valuesOf(columns, names)) };
  };
  return { key, file: rows.file, byValue: of(rows.columns), byGroup: of(rows.groups), byPlace: tallies(rows, key, placesOf(rows)) };
}

/** How rows stand to those of an earlier version. `few`: the part, and how many of its rows changed at least. */
export type RowChange = { readonly kind: 'none' | 'unknown' } | { readonly kind: 'few'; readonly set: RowSet; readonly atLeast: number };

/**
 * Whether a part has changed by at least one row and by fewer than `smallest`.
 *
 * @returns `few` with the part and how many rows at least; `unknown` where another file lacks a column of the earlier version; `none` for anything that may be summed again.
 */
export function smallRowChange(earlier: RowSketch, rows: ComparedRows, smallest: number): RowChange {
  const isSameFile = earlier.file === rows.file;
  const has = (columns: Columns, { columns: names }: ComparedTally) => names.every((name) => columns.has(name));
  if (!isSameFile && !has(rows.columns, earlier.byValue)) return { kind: 'unknown' };
  const again = (columns: Columns, { columns: names, tallies: before }: ComparedTally) =>
    [before, tallies(rows, earlier.key, valuesOf(columns, names))] as const;
  const pairs = [
    ...(isSameFile ? [[earlier.byPlace, tallies(rows, earlier.key, placesOf(rows))] as const] : []),
    ...(has(rows.columns, earlier.byValue) ? [again(rows.columns, earlier.byValue)] : []),
    ...(has(rows.groups, earlier.byGroup) ? [again(rows.groups, earlier.byGroup)] : []),
  ];
  for (const [before, now] of pairs)
    for (const set of SETS) {
      const atLeast = changeOf(before[set], now[set]);
      if (atLeast > 0 && atLeast < smallest) return { kind: 'few', set, atLeast };
    }
  return { kind: 'none' };
}

function changeOf(before: RowTally, now: RowTally): number {
  if (before.sum === now.sum) return 0;
  const difference = (sign: number) =>
    now.counts.reduce((total, count, at) => total + Math.max(0, sign * (count - (before.counts[at] ?? 0))), 0);
  return Math.max(1, difference(1), difference(-1));
}

type RowBytes = (row: number) => Uint8Array;

const placesOf =
  ({ rowNumber }: ComparedRows): RowBytes =>
  (row) =>
    utf8Bytes(`${rowNumber[row]}`);

/** Numbers as float64, then texts; the bytes are good until the next call. */
function valuesOf(columns: Columns, names: readonly string[]): RowBytes {
  const all = names.map((name) => columns.get(name) ?? []);
  const numbers = all.filter((column) => column instanceof Float64Array);
  const texts = all.filter((column) => !(column instanceof Float64Array));
  const values = new Float64Array(numbers.length);
  const bytes = new Uint8Array(values.buffer);
  return (row) => {
    for (const [at, column] of numbers.entries()) values[at] = Number.isNaN(column[row]) ? Number.NaN : column[row]! + 0; // one NaN, one zero
    return texts.length === 0 ? bytes : lengthPrefixed([bytes, ...texts.map((column) => column[row] as string)]);
  };
}

/** One pass over all rows: their hashes, counted and summed by part. */
function tallies({ sets }: ComparedRows, key: string, bytesOf: RowBytes): RowTallies {
  const label = lengthPrefixed(['consilium row sketch 1', key]);
  const counts = SETS.map(() => new Array<number>(SKETCH_COUNTS).fill(0));
  const sums = SETS.map(() => new Uint32Array(LANES));
  for (const [row, set] of sets.entries()) {
    if (set === 0) continue;
    const hash = sha256(label, bytesOf(row));
    const lanes = new DataView(hash.buffer, hash.byteOffset);
    const [count, sum] = [counts[set - 1]!, sums[set - 1]!];
    for (let lane = 0; lane < LANES; lane++) sum[lane] = sum[lane]! + lanes.getUint32(4 * lane);
    count[hash[31]!]! += 1;
  }
  const tally = (at: number): RowTally => ({ counts: counts[at]!, sum: toHex(new Uint8Array(sums[at]!.buffer)) });
  return { training: tally(0), validation: tally(1), test: tally(2) };
}

/** What a record says of its own version and the ones before, for the next: nothing of rows it never answered with. */
export const answeredSketches = ({ lastRound, rowSketch, earlierRows }: SiteRecord): readonly RowSketch[] =>
  rowSketch === null || lastRound === 0 ? earlierRows : joinSketches(earlierRows, [rowSketch]);

/** Both lists together, each sketch once. */
export const joinSketches = (a: readonly RowSketch[], b: readonly RowSketch[]): readonly RowSketch[] => [
  ...new Map([...a, ...b].map((sketch) => [sketch.key, sketch])).values(),
];
