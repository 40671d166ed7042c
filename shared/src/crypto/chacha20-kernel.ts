/**
 * The ChaCha20 loop in WebAssembly SIMD, written out as instructions: four blocks at a time, one in each lane.
 *
 * Rules: the key lies at byte 0, the words to change from byte `WORDS_AT`; `run(counter, groups, invert)` adds the keystream
 * of blocks counter, counter + 1, … to 64 · groups words, in place, mod 2^32. With invert −1 it subtracts instead, because
 * t − k = ¬(¬t + k). Nothing else is read or written.
 * Source: RFC 8439 §2.1 to §2.3; lanes as in Bernstein, "ChaCha, a variant of Salsa20", 2008, §3.
 */
import {
  ADD,
  type Code,
  get,
  I32_ADD,
  I32_SUB,
  i32Const,
  lanes,
  load,
  loadSplat,
  OR,
  repeat,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SPLAT,
  set,
  shuffle,
  store,
  tee,
  wasmModule,
  XOR,
} from '../kernels/index.ts';

/** Where the words begin, in bytes. */
export const WORDS_AT = 64;
/** Words of one pass of the loop: four blocks of sixteen. */
export const GROUP_WORDS = 64;

// Locals: three parameters, two integers, then vectors.
const COUNTER = 0;
const GROUPS = 1;
const INVERT = 2;
const AT = 3;
const ROUNDS = 4;
const STATE = 5; // sixteen of them
const COUNTERS = 21;
const INVERSION = 22;
const SCRATCH = 23; // four of them
const VECTORS = 22;

const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
const WORDS = Array.from({ length: 16 }, (_, word) => word);
const LANES = [0, 1, 2, 3] as const;

/** Byte orders of whole words out of two vectors: word w of the first is w, of the second 4 + w. */
const words = (...order: readonly number[]): Code => shuffle(order.flatMap((word) => LANES.map((byte) => 4 * word + byte)));

/** @returns The module's bytes; the same ones at every call. */
export function chachaKernel(): Uint8Array<ArrayBuffer> {
  const start: Code = [
    ...[...i32Const(WORDS_AT), ...set(AT)],
    ...[...get(INVERT), ...SPLAT, ...set(INVERSION)],
    ...[...get(COUNTER), ...SPLAT, ...lanes(0, 1, 2, 3), ...ADD, ...set(COUNTERS)],
  ];
  const group: Code = [
    ...WORDS.flatMap((word) => [...initial(word), ...set(STATE + word)]),
    ...[...i32Const(10), ...set(ROUNDS)],
    ...repeat([...doubleRound(), ...get(ROUNDS), ...i32Const(1), ...I32_SUB, ...tee(ROUNDS)]),
    ...WORDS.flatMap((word) => [...get(STATE + word), ...initial(word), ...ADD, ...set(STATE + word)]),
    ...LANES.flatMap((quarter) => writeQuarter(quarter)),
    ...[...get(COUNTERS), ...lanes(4, 4, 4, 4), ...ADD, ...set(COUNTERS)],
    ...[...get(AT), ...i32Const(4 * GROUP_WORDS), ...I32_ADD, ...set(AT)],
  ];
  const body = [...start, ...repeat([...group, ...get(GROUPS), ...i32Const(1), ...I32_SUB, ...tee(GROUPS)])];
  return wasmModule({ parameters: 3, integers: 2, vectors: VECTORS, body });
}

/** Word `word` of the four initial states, §2.3: constants, key, counter, zero nonce. */
function initial(word: number): Code {
  if (word < 4) return lanes(CONSTANTS[word]!, CONSTANTS[word]!, CONSTANTS[word]!, CONSTANTS[word]!);
  if (word < 12) return [...i32Const(0), ...loadSplat(4 * (word - 4))];
  return word === 12 ? get(COUNTERS) : lanes(0, 0, 0, 0);
}

function doubleRound(): Code {
  return [
    ...LANES.flatMap((i) => quarterRound(i, 4 + i, 8 + i, 12 + i)), // columns
    ...LANES.flatMap((i) => quarterRound(i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4))), // diagonals
  ];
}

/** §2.1. */
function quarterRound(a: number, b: number, c: number, d: number): Code {
  return [...mix(a, b, d, 16), ...mix(c, d, b, 12), ...mix(a, b, d, 8), ...mix(c, d, b, 7)];
}

/** sum += other; turned = (turned ^ sum) rotated left. */
function mix(sum: number, other: number, turned: number, bits: number): Code {
  return [
    ...[...get(STATE + sum), ...get(STATE + other), ...ADD, ...tee(STATE + sum)],
    ...[...get(STATE + turned), ...XOR, ...tee(SCRATCH)],
    ...(bits % 8 === 0 ? rotateBytes(bits / 8) : rotateBits(bits)),
    ...set(STATE + turned),
  ];
}

/** Rotates what is on the stack, which is also in `SCRATCH`. */
function rotateBits(bits: number): Code {
  return [...i32Const(bits), ...SHIFT_LEFT, ...get(SCRATCH), ...i32Const(32 - bits), ...SHIFT_RIGHT, ...OR];
}

function rotateBytes(bytes: number): Code {
  return [...get(SCRATCH), ...shuffle(LANES.flatMap((word) => LANES.map((byte) => 4 * word + ((byte + 4 - bytes) % 4))))];
}

/** Turns words 4q to 4q + 3, one block a lane, into four pieces of 16 bytes, one a block, and adds each in its place. */
function writeQuarter(quarter: number): Code {
  const [a, b, c, d] = LANES.map((word) => STATE + 4 * quarter + word) as [number, number, number, number];
  const low = words(0, 4, 1, 5);
  const high = words(2, 6, 3, 7);
  const pairs: Code = [
    ...[...get(a), ...get(b), ...low, ...set(SCRATCH)],
    ...[...get(c), ...get(d), ...low, ...set(SCRATCH + 1)],
    ...[...get(a), ...get(b), ...high, ...set(SCRATCH + 2)],
    ...[...get(c), ...get(d), ...high, ...set(SCRATCH + 3)],
  ];
  const pieces = LANES.flatMap((block) => {
    const from = SCRATCH + (block < 2 ? 0 : 2);
    const piece: Code = [...get(from), ...get(from + 1), ...(block % 2 === 0 ? words(0, 1, 4, 5) : words(2, 3, 6, 7))];
    const offset = 64 * block + 16 * quarter;
    const added: Code = [...get(AT), ...load(offset), ...get(INVERSION), ...XOR, ...piece, ...ADD, ...get(INVERSION), ...XOR];
    return [...get(AT), ...added, ...store(offset)];
  });
  return [...pairs, ...pieces];
}
