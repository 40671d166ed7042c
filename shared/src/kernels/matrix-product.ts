/**
 * A product of matrices in float64, as WebAssembly SIMD instructions: C ← max(C₀ + A·B, floor), in blocks of 4 × 4 entries.
 *
 * Rule: every entry starts at C₀ and adds its products one after another in the order of the inner index, each operation rounded
 * once. That is the order of the plain loops, so the bits are theirs. Only the order of entries, which do not meet, is changed.
 * Source: blocks that stay in registers as in Goto and van de Geijn 2008, "Anatomy of High-Performance Matrix Multiplication".
 */
import {
  ADD_DOUBLES,
  type Code,
  get,
  I32_ADD,
  I32_SUB,
  i32Const,
  LARGER_DOUBLES,
  load,
  loadSplat64,
  MULTIPLY_DOUBLES,
  repeat,
  set,
  store,
  tee,
  wasmModule,
} from './wasm-code.ts';

/** The part of the platform used here; this package knows no DOM. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
};

/** Entries of a block's side; counts of rows and columns are multiples of it. */
export const BLOCK = 4;

export interface MatrixProduct {
  /** Memory that holds A, B, C, C₀ and floors; all addresses are bytes in it, multiples of 8. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /**
   * One product. Rows of A lie `aRow` bytes apart and its inner entries `aStep`, so a transposed A needs no copy; rows of B, C and C₀
   * lie `bStep`, `cRow` and `startRow` bytes apart (`startRow` 0: every row starts from the same one). `floor` is the address of two
   * numbers; an entry below them is raised to them.
   */
  readonly run: (
    rowBlocks: number,
    columnBlocks: number,
    inner: number,
    a: number,
    aRow: number,
    aStep: number,
    b: number,
    bStep: number,
    c: number,
    cRow: number,
    start: number,
    startRow: number,
    floor: number,
  ) => void;
}

// Locals: thirteen parameters, in the order of `run`, then integers, then vectors.
const ROWS = 0;
const COLUMNS = 1;
const INNER = 2;
const A = 3;
const A_ROW = 4;
const A_STEP = 5;
const B = 6;
const B_STEP = 7;
const C = 8;
const C_ROW = 9;
const START = 10;
const START_ROW = 11;
const FLOOR = 12;
const COLUMN = 13; // blocks left in this row of blocks
const STEP = 14; // inner steps left
const OFFSET = 15; // bytes from the first column
const B_AT = 16;
const PLACE = 17;
const A_AT = 18; // four of them, one a row
const INTEGERS = 9;
const SUMS = 22; // two vectors a row
const B_PAIR = 30; // two of them
const FACTOR = 32;
const LEAST = 33;
const VECTORS = 12;
const FOUR = [0, 1, 2, 3] as const;
const PAIR = [0, 1] as const;

const increase = (local: number, by: Code): Code => [...get(local), ...by, ...I32_ADD, ...set(local)];
const countDown = (local: number): Code => [...get(local), ...i32Const(1), ...I32_SUB, ...tee(local)];

/** The module's bytes for a memory of so many pages of 64 KiB. */
function moduleBytes(pages: number): Uint8Array<ArrayBuffer> {
  const step: Code = [
    ...PAIR.flatMap((half) => [...get(B_AT), ...load(16 * half), ...set(B_PAIR + half)]),
    ...FOUR.flatMap((row) => [
      ...[...get(A_AT + row), ...loadSplat64(0), ...set(FACTOR)],
      ...PAIR.flatMap((half) => {
        const sum = SUMS + 2 * row + half;
        return [...get(sum), ...get(FACTOR), ...get(B_PAIR + half), ...MULTIPLY_DOUBLES, ...ADD_DOUBLES, ...set(sum)];
      }),
      ...increase(A_AT + row, get(A_STEP)),
    ]),
    ...increase(B_AT, get(B_STEP)),
  ];
  const begin: Code = FOUR.flatMap((index) => [
    ...PAIR.flatMap((half) => [...get(PLACE), ...load(16 * half), ...set(SUMS + 2 * index + half)]),
    ...(index < 3 ? increase(PLACE, get(START_ROW)) : []),
  ]);
  const end: Code = FOUR.flatMap((index) => [
    ...PAIR.flatMap((half) => [...get(PLACE), ...get(SUMS + 2 * index + half), ...get(LEAST), ...LARGER_DOUBLES, ...store(16 * half)]),
    ...(index < 3 ? increase(PLACE, get(C_ROW)) : []),
  ]);
  const block: Code = [
    ...[...get(START), ...get(OFFSET), ...I32_ADD, ...set(PLACE)],
    ...begin,
    ...[...get(A), ...set(A_AT)],
    ...FOUR.slice(1).flatMap((row) => [...get(A_AT + row - 1), ...get(A_ROW), ...I32_ADD, ...set(A_AT + row)]),
    ...[...get(B), ...get(OFFSET), ...I32_ADD, ...set(B_AT)],
    ...[...get(INNER), ...set(STEP)],
    ...repeat([...step, ...countDown(STEP)]),
    ...[...get(C), ...get(OFFSET), ...I32_ADD, ...set(PLACE)],
    ...end,
    ...increase(OFFSET, i32Const(8 * BLOCK)),
  ];
  const rowOfBlocks: Code = [
    ...[...get(COLUMNS), ...set(COLUMN), ...i32Const(0), ...set(OFFSET)],
    ...repeat([...block, ...countDown(COLUMN)]),
    ...FOUR.flatMap(() => [...increase(A, get(A_ROW)), ...increase(C, get(C_ROW)), ...increase(START, get(START_ROW))]),
  ];
  const body: Code = [...get(FLOOR), ...load(0), ...set(LEAST), ...repeat([...rowOfBlocks, ...countDown(ROWS)])];
  return wasmModule({ parameters: 13, integers: INTEGERS, vectors: VECTORS, pages, body });
}

/** @returns The product with a memory of at least so many bytes, or null where WebAssembly or its SIMD is missing or not allowed. */
export function startMatrixProduct(bytes: number): MatrixProduct | null {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(Math.ceil(bytes / 65_536)))).exports as MatrixProduct;
  } catch {
    return null; // not there (ReferenceError), forbidden or without SIMD (CompileError): all mean "not here"
  }
}
