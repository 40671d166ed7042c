/**
 * As much of the WebAssembly binary format as one function over one memory needs: readable code in, module bytes out.
 *
 * Rule: code is a list of bytes; every helper returns the bytes of one instruction.
 * Source: WebAssembly Core Specification 2.0, §5 (binary format), with the vector instructions of §5.4.8.
 */

/** Instructions, encoded. */
export type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;
const NO_RESULT = 0x40;

/** An instruction with the vector prefix and an opcode of any size. */
const vector = (opcode: number, ...immediate: number[]): Code => [0xfd, ...unsigned(opcode), ...immediate];

/** Reads or writes at address on the stack + offset; alignment is only a hint, 2^2 bytes. */
const place = (offset: number): number[] => [2, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const i32Const = (value: number): Code => [0x41, ...signed(value)];
export const I32_ADD: Code = [0x6a];
export const I32_SUB: Code = [0x6b];
export const I32_SHIFT_LEFT: Code = [0x74];
export const load = (offset: number): Code => vector(0, ...place(offset));
export const loadSplat = (offset: number): Code => vector(9, ...place(offset));
/** One number of 64 bits into both lanes. */
export const loadSplat64 = (offset: number): Code => vector(10, ...place(offset));
export const store = (offset: number): Code => vector(11, ...place(offset));
export const SPLAT: Code = vector(17);
/** Four lanes of 32 bits. */
export const lanes = (...words: readonly [number, number, number, number]): Code =>
  vector(12, ...words.flatMap((word) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24]));
/** Byte i of the result is byte indices[i] of the two operands, counted 0 to 31. */
export const shuffle = (indices: readonly number[]): Code => vector(13, ...indices);
export const ADD: Code = vector(174);
export const XOR: Code = vector(81);
export const OR: Code = vector(80);
export const SHIFT_LEFT: Code = vector(171);
export const SHIFT_RIGHT: Code = vector(173);
/** Two lanes of float64; each operation rounds once, as IEEE 754 says, so the result is that of the same operation on plain numbers. */
export const ADD_DOUBLES: Code = vector(240);
export const MULTIPLY_DOUBLES: Code = vector(242);
/** Of x and y: y where x < y, else x. */
export const LARGER_DOUBLES: Code = vector(247);

/** Runs the body, then again for as long as it leaves a number other than zero on the stack. */
export const repeat = (body: Code): Code => [0x03, NO_RESULT, ...body, 0x0d, 0, 0x0b];

/**
 * A module that exports one function as `run` and its memory as `memory`.
 *
 * @param input.parameters - How many 32-bit parameters; they are locals 0, 1, …
 * @param input.integers - How many further 32-bit locals follow.
 * @param input.vectors - How many vector locals follow these.
 * @param input.pages - Memory in pages of 64 KiB; it does not grow. One unless told.
 */
export function wasmModule(input: {
  readonly parameters: number;
  readonly integers: number;
  readonly vectors: number;
  readonly pages?: number;
  readonly body: Code;
}): Uint8Array<ArrayBuffer> {
  const { parameters, integers, vectors, pages = 1, body } = input;
  const locals = list([
    [...unsigned(integers), I32],
    [...unsigned(vectors), V128],
  ]);
  const code = [...locals, ...body, 0x0b];
  const sections: Code[] = [
    section(1, list([[0x60, ...list(Array.from({ length: parameters }, () => [I32])), 0]])), // one function type, no result
    section(3, list([[0]])), // the function has type 0
    section(5, list([[1, ...unsigned(pages), ...unsigned(pages)]])), // one memory of exactly so many pages
    section(7, list([exported('run', 0), exported('memory', 2)])),
    section(10, list([[...unsigned(code.length), ...code]])),
  ];
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function exported(name: string, kind: number): Code {
  return [...list([...name].map((letter) => [letter.charCodeAt(0)])), kind, 0];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

/** LEB128, §5.2.2. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
