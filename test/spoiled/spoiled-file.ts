/** The small table that is spoilt, what a spoilt file says must be read from it, and the ways to write one: by text alone; nothing of the reader is used. */
import type { DropKind, TableChoices } from '@consilium/shared/reading';
import { encodeAs } from './encode.ts';

export interface Spoiled {
  readonly name: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly choices?: TableChoices;
  readonly columns: readonly string[];
  /** Every cell. */
  readonly rows: readonly (readonly string[])[];
  readonly dropped?: readonly (readonly [row: number | null, kind: DropKind])[];
  readonly is?: {
    readonly encoding?: string;
    readonly delimiter?: string;
    readonly headerRow?: number | null;
    readonly rowNumber?: readonly number[];
    /** Rows with another number of cells. */
    readonly ragged?: readonly number[];
    /** Columns whose marks cannot be told. */
    readonly ambiguous?: readonly string[];
    /** The number each cell of a column stands for; null for none. */
    readonly numbers?: Readonly<Record<string, readonly (number | null)[]>>;
  };
}

export const COLUMNS = ['pid', 'age', 'sex', 'bmi', 'crp', 'ward'];
export const ROWS = [
  ['p-001', '61', 'm', '24.5', '1.25', 'Chirurgia'],
  ['p-002', '48', 'f', '31', '0.5', 'Kardiologia'],
  ['p-003', '77', 'f', '?', '12.75', 'Chirurgia'],
  ['p-004', '55', 'm', '27.1', '', 'Neurologia'],
  ['p-005', '69', 'f', '22.9', '100.2', 'Kardiologia'],
  ['p-006', '34', 'm', '19', '3', 'Neurologia'],
];

export type Cells = readonly (readonly string[])[];
export const utf8 = (text: string) => encodeAs(text, 'utf-8');
export const csv = (cells: Cells, delimiter = ',', newline = '\n') =>
  cells.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter)).join(newline) + newline;
const quoted = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
export const all: Cells = [COLUMNS, ...ROWS];
export const comma = (cells: Cells) =>
  cells.map((row, at) => (at === 0 ? row : row.map((cell, column) => (column === 3 || column === 4 ? cell.replace('.', ',') : cell))));
export const decimals = comma(all);
export const ward = (names: readonly string[]) => ROWS.map((row, at) => [...row.slice(0, 5), names[at % names.length]!]);
const plain = { columns: COLUMNS, rows: ROWS };
export const file = (name: string, text: string, rest: Partial<Spoiled> = {}): Spoiled => ({
  name,
  fileName: `${name}.csv`,
  bytes: utf8(text),
  ...plain,
  ...rest,
});
