/**
 * ChaCha20 keystream, added to or subtracted from a vector of 32-bit integers; the generator of every mask.
 *
 * Rules: the seed is the key, the nonce is zero and the block counter starts at 0, so a seed serves one vector only;
 * word w of the stream is bytes 4w to 4w+3, little-endian. Source: RFC 8439 §2.1 to §2.4.
 */

const WORDS_PER_BLOCK = 16;
const STREAM_WORDS = 2 ** 32 * WORDS_PER_BLOCK; // the 32-bit counter must not wrap: no keystream byte is used twice

/**
 * Adds keystream words startWord, startWord + 1, … to the target's entries in place, mod 2^32.
 *
 * @param target - Any length; entry i meets keystream word startWord + i.
 * @param seed - 32 bytes.
 * @param sign - 1 adds, -1 subtracts.
 * @param startWord - Where in the stream to start, 0 to 2^36.
 * @throws RangeError on a seed that is not 32 bytes, or words outside the stream.
 */
export function addKeystream(target: Uint32Array, seed: Uint8Array, sign: 1 | -1, startWord = 0): void {
  if (!Number.isSafeInteger(startWord) || startWord < 0 || startWord + target.length > STREAM_WORDS) {
    throw new RangeError('addKeystream: expected words within the stream of 2^36 words');
  }
  const key = keyWords(seed);
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

/** @param seed - 32 bytes. @returns The first `length` bytes of the keystream. @throws RangeError as `addKeystream`. */
export function keystreamBytes(seed: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`keystreamBytes: expected a length, got ${length}`);
  const words = new Uint32Array(Math.ceil(length / 4));
  addKeystream(words, seed, 1);
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < words.length; index++) view.setUint32(4 * index, words[index]!, true);
  return bytes.slice(0, length);
}

function keyWords(seed: Uint8Array): Int32Array {
  if (seed.length !== 32) throw new RangeError(`ChaCha20: expected a seed of 32 bytes, got ${seed.length}`);
  const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength);
  return Int32Array.from({ length: 8 }, (_, word) => view.getInt32(4 * word, true));
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** The block function, §2.3, written out over sixteen local variables: this loop is where a round spends its time. */
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
