/**
 * Rows that stand twice. A row is dropped only where it is the same patient again in every column of the study, or where no patient column
 * exists and chance alone would hardly make two rows so alike. Rows that a split file names by number are never dropped.
 */
import type { OutcomeValues, TableSpec } from './checked-table.ts';
import type { Mapping } from './mapping.ts';

export interface TableColumns {
  readonly rowCount: number;
  readonly values: ReadonlyMap<string, Float64Array>;
  readonly outcomes: readonly OutcomeValues[];
  readonly extra: ReadonlyMap<string, readonly string[]>;
  readonly patients: readonly string[] | null;
}

export interface Duplicates {
  /** Positions from 0 of rows equal to an earlier one in every column of the study. */
  readonly repeated: readonly number[];
  /** Those of them that are left out. */
  readonly dropped: readonly number[];
  /** Rows of a patient whose values differ from an earlier row of the same patient. */
  readonly conflicting: readonly number[];
  /** Rows that a person's decision on conflicts leaves out. */
  readonly decided: readonly number[];
}

/** Expected number of equal pairs by chance below which a repeated row is taken for a copy. */
const CHANCE = 0.01;

/**
 * @param without - Positions that take no part anyway.
 * @param decision - Which of a patient's contradicting rows counts; null: all of them.
 */
export function findDuplicates(
  table: TableColumns,
  spec: TableSpec,
  without: ReadonlySet<number>,
  decision: Mapping['conflicts'] = null,
): Duplicates {
  const numbers = [...table.values.values(), ...table.outcomes.flatMap(({ y, time }) => (time === null ? [y] : [y, time]))];
  const texts = [
    ...[...table.extra].filter(([name]) => name !== spec.patientColumn).map(([, column]) => column),
    ...(table.patients === null ? [] : [table.patients]),
  ];
  const repeated: number[] = [];
  const isEqual = (a: number, b: number) =>
    numbers.every((values) => values[a] === values[b] || (Number.isNaN(values[a]!) && Number.isNaN(values[b]!))) &&
    texts.every((column) => column[a] === column[b]);
  const hashes = rowHashes(table.rowCount, numbers, texts);
  const seen = new Map<number, number[]>();
  for (let row = 0; row < table.rowCount; row++) {
    if (without.has(row) || numbers.every((values) => Number.isNaN(values[row]!))) continue;
    const before = seen.get(hashes[row]!);
    if (before === undefined) seen.set(hashes[row]!, [row]);
    else if (before.some((other) => isEqual(other, row))) repeated.push(row);
    else before.push(row);
  }
  const { patients } = table;
  const named = patients === null ? [] : repeated.filter((row) => patients[row] !== '');
  const dropped = spec.hasFrozenRows === true ? [] : patients !== null ? named : isBeyondChance(table.rowCount, numbers) ? repeated : [];
  const conflicting = patients === null ? [] : conflicts(patients, new Set(repeated), without);
  if (patients === null || decision === null) return { repeated, dropped, conflicting, decided: [] };
  const { kept, decided } = decidedRows(patients, conflicting, without, decision);
  // The last row counts even where it says the same as the first: it takes back what stands between.
  return { repeated, dropped: dropped.filter((row) => !kept.has(row)), conflicting, decided };
}

/** Of the patients with contradicting rows: the rows that count, and all others. */
function decidedRows(
  patients: readonly string[],
  conflicting: readonly number[],
  without: ReadonlySet<number>,
  decision: NonNullable<Mapping['conflicts']>,
): { readonly kept: ReadonlySet<number>; readonly decided: readonly number[] } {
  const rows = new Map<string, number[]>(conflicting.map((row) => [patients[row]!, []]));
  patients.forEach((patient, row) => {
    if (!without.has(row)) rows.get(patient)?.push(row);
  });
  const counts = decision === 'none' ? null : decision === 'first' ? 0 : -1;
  const kept = new Set([...rows.values()].flatMap((own) => (counts === null ? [] : [own.at(counts)!])));
  return { kept, decided: [...rows.values()].flat().filter((row) => !kept.has(row)) };
}

function conflicts(patients: readonly string[], repeated: ReadonlySet<number>, without: ReadonlySet<number>): number[] {
  const seen = new Set<string>();
  const rows: number[] = [];
  patients.forEach((patient, row) => {
    if (patient === '' || without.has(row)) return;
    if (seen.has(patient) && !repeated.has(row)) rows.push(row);
    seen.add(patient);
  });
  return rows;
}

/** Whether equal rows are too unlikely for chance: pairs of rows times the share of equal pairs in each column, as if columns were independent. */
function isBeyondChance(rowCount: number, columns: readonly Float64Array[]): boolean {
  let expected = (rowCount * (rowCount - 1)) / 2;
  for (const values of columns) {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    let equal = 0;
    for (const count of counts.values()) equal += (count / rowCount) ** 2;
    expected *= equal;
  }
  return expected < CHANCE;
}

/** One 53-bit number a row; equal rows have equal numbers. Multiplicative hashing of the values' bits (FNV-1a constants). */
function rowHashes(rowCount: number, numbers: readonly Float64Array[], texts: readonly (readonly string[])[]): Float64Array {
  const [high, low] = [new Uint32Array(rowCount).fill(0x811c9dc5), new Uint32Array(rowCount).fill(0x9e3779b9)];
  const mix = (row: number, bits: number) => {
    high[row] = Math.imul(high[row]! ^ bits, 0x01000193);
    low[row] = Math.imul((low[row]! + bits) | 0, 0x85ebca6b) ^ (low[row]! >>> 13);
  };
  const one = new Float64Array(1);
  const bits = new Uint32Array(one.buffer);
  for (const values of numbers) {
    for (let row = 0; row < rowCount; row++) {
      one[0] = values[row]! + 0; // −0 is 0
      mix(row, Number.isNaN(one[0]) ? 0x7ff80000 : bits[0]! ^ Math.imul(bits[1]!, 31));
    }
  }
  for (const column of texts) {
    for (let row = 0; row < rowCount; row++) {
      const text = column[row]!;
      for (let at = 0; at < text.length; at++) mix(row, text.charCodeAt(at));
      mix(row, 0xffff);
    }
  }
  return Float64Array.from(high, (value, row) => (value & 0x1fffff) * 2 ** 32 + low[row]!);
}
