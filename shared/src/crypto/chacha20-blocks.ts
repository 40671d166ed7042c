/**
 * ChaCha20 in TypeScript: the loop for any place and any length, wherever the WebAssembly kernel is not, and that kernel's oracle.
 *
 * Source: RFC 8439 §2.1 to §2.4, with a zero nonce.
 */

/** 32-bit words of one block. */
export const WORDS_PER_BLOCK = 16;

/**
 * Adds (or subtracts) keystream words startWord, startWord + 1, … in place, mod 2^32.
 *
 * @param target - Any length.
 * @param key - Eight words.
 * @param startWord - Any place in the stream; the caller has checked that the target ends within it.
 */
export function addBlocks(target: Uint32Array, key: Int32Array, sign: 1 | -1, startWord: number): void {
  const block = new Int32Array(WORDS_PER_BLOCK);
  let counter = Math.floor(startWord / WORDS_PER_BLOCK);
  let skipped = startWord % WORDS_PER_BLOCK;
  for (let index = 0; index < target.length; counter++) {
    writeBlock(block, key, counter);
    const taken = Math.min(WORDS_PER_BLOCK - skipped, target.length - index);
    if (sign === 1) for (let word = 0; word < taken; word++) target[index + word]! += block[skipped + word]!;
    else for (let word = 0; word < taken; word++) target[index + word]! -= block[skipped + word]!;
    index += taken;
    skipped = 0;
  }
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** The block function, §2.3, written out over sixteen local variables, which the compiler keeps in registers. */
function writeBlock(block: Int32Array, key: Int32Array, counter: number): void {
  const k0 = key[0]!;
  const k1 = key[1]!;
  const k2 = key[2]!;
  const k3 = key[3]!;
  const k4 = key[4]!;
  const k5 = key[5]!;
  const k6 = key[6]!;
  const k7 = key[7]!;
  let s0 = 0x61707865;
  let s1 = 0x3320646e;
  let s2 = 0x79622d32;
  let s3 = 0x6b206574;
  let s4 = k0;
  let s5 = k1;
  let s6 = k2;
  let s7 = k3;
  let s8 = k4;
  let s9 = k5;
  let s10 = k6;
  let s11 = k7;
  let s12 = counter | 0;
  let s13 = 0;
  let s14 = 0;
  let s15 = 0;
  for (let doubleRound = 0; doubleRound < 10; doubleRound++) {
    // columns
    s0 = (s0 + s4) | 0;
    s12 = rotate(s12 ^ s0, 16);
    s8 = (s8 + s12) | 0;
    s4 = rotate(s4 ^ s8, 12);
    s0 = (s0 + s4) | 0;
    s12 = rotate(s12 ^ s0, 8);
    s8 = (s8 + s12) | 0;
    s4 = rotate(s4 ^ s8, 7);
    s1 = (s1 + s5) | 0;
    s13 = rotate(s13 ^ s1, 16);
    s9 = (s9 + s13) | 0;
    s5 = rotate(s5 ^ s9, 12);
    s1 = (s1 + s5) | 0;
    s13 = rotate(s13 ^ s1, 8);
    s9 = (s9 + s13) | 0;
    s5 = rotate(s5 ^ s9, 7);
    s2 = (s2 + s6) | 0;
    s14 = rotate(s14 ^ s2, 16);
    s10 = (s10 + s14) | 0;
    s6 = rotate(s6 ^ s10, 12);
    s2 = (s2 + s6) | 0;
    s14 = rotate(s14 ^ s2, 8);
    s10 = (s10 + s14) | 0;
    s6 = rotate(s6 ^ s10, 7);
    s3 = (s3 + s7) | 0;
    s15 = rotate(s15 ^ s3, 16);
    s11 = (s11 + s15) | 0;
    s7 = rotate(s7 ^ s11, 12);
    s3 = (s3 + s7) | 0;
    s15 = rotate(s15 ^ s3, 8);
    s11 = (s11 + s15) | 0;
    s7 = rotate(s7 ^ s11, 7);
    // diagonals
    s0 = (s0 + s5) | 0;
    s15 = rotate(s15 ^ s0, 16);
    s10 = (s10 + s15) | 0;
    s5 = rotate(s5 ^ s10, 12);
    s0 = (s0 + s5) | 0;
    s15 = rotate(s15 ^ s0, 8);
    s10 = (s10 + s15) | 0;
    s5 = rotate(s5 ^ s10, 7);
    s1 = (s1 + s6) | 0;
    s12 = rotate(s12 ^ s1, 16);
    s11 = (s11 + s12) | 0;
    s6 = rotate(s6 ^ s11, 12);
    s1 = (s1 + s6) | 0;
    s12 = rotate(s12 ^ s1, 8);
    s11 = (s11 + s12) | 0;
    s6 = rotate(s6 ^ s11, 7);
    s2 = (s2 + s7) | 0;
    s13 = rotate(s13 ^ s2, 16);
    s8 = (s8 + s13) | 0;
    s7 = rotate(s7 ^ s8, 12);
    s2 = (s2 + s7) | 0;
    s13 = rotate(s13 ^ s2, 8);
    s8 = (s8 + s13) | 0;
    s7 = rotate(s7 ^ s8, 7);
    s3 = (s3 + s4) | 0;
    s14 = rotate(s14 ^ s3, 16);
    s9 = (s9 + s14) | 0;
    s4 = rotate(s4 ^ s9, 12);
    s3 = (s3 + s4) | 0;
    s14 = rotate(s14 ^ s3, 8);
    s9 = (s9 + s14) | 0;
    s4 = rotate(s4 ^ s9, 7);
  }
  block[0] = s0 + 0x61707865;
  block[1] = s1 + 0x3320646e;
  block[2] = s2 + 0x79622d32;
  block[3] = s3 + 0x6b206574;
  block[4] = s4 + k0;
  block[5] = s5 + k1;
  block[6] = s6 + k2;
  block[7] = s7 + k3;
  block[8] = s8 + k4;
  block[9] = s9 + k5;
  block[10] = s10 + k6;
  block[11] = s11 + k7;
  block[12] = s12 + counter;
  block[13] = s13;
  block[14] = s14;
  block[15] = s15;
}
