/**
 * ChaCha20 keystream, added to or subtracted from a vector of 32-bit integers; the generator of every mask.
 *
 * Rules: the seed is the key, the nonce is zero and the block counter starts at 0, so a seed serves one vector only;
 * word w of the stream is bytes 4w to 4w+3, little-endian. Whole groups of blocks go through the WebAssembly kernel where
 * there is one and it gives the loop's words; all else goes through the loop. Source: RFC 8439 §2.1 to §2.4.
 */
import { addBlocks, WORDS_PER_BLOCK } from './chacha20-blocks.ts';
import { GROUP_WORDS } from './chacha20-kernel.ts';
import { type AddGroups, startSimd } from './chacha20-simd.ts';

const STREAM_WORDS = 2 ** 32 * WORDS_PER_BLOCK; // the 32-bit counter must not wrap: no keystream byte is used twice
const WORTHWHILE_WORDS = 4 * GROUP_WORDS; // below, calling the kernel costs more than it saves

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
  const toBlock = Math.min((WORDS_PER_BLOCK - (startWord % WORDS_PER_BLOCK)) % WORDS_PER_BLOCK, target.length);
  const grouped = target.length - toBlock - ((target.length - toBlock) % GROUP_WORDS);
  const addGroups = grouped >= WORTHWHILE_WORDS ? simd() : null;
  if (addGroups === null) {
    addBlocks(target, key, sign, startWord);
    return;
  }
  const end = toBlock + grouped;
  addBlocks(target.subarray(0, toBlock), key, sign, startWord);
  addGroups(target.subarray(toBlock, end), key, sign, (startWord + toBlock) / WORDS_PER_BLOCK);
  addBlocks(target.subarray(end), key, sign, startWord + end);
}

let started: AddGroups | null | undefined;

/** The kernel, started when first needed; null where there is none. It must give the loop's words before it is trusted. */
function simd(): AddGroups | null {
  if (started === undefined) {
    const kernel = startSimd();
    started = kernel !== null && givesTheSame(kernel) ? kernel : null;
  }
  return started;
}

function givesTheSame(kernel: AddGroups): boolean {
  const key = Int32Array.from({ length: 8 }, (_, word) => Math.imul(word + 1, 0x9e3779b1));
  return ([1, -1] as const).every((sign) => {
    const expected = Uint32Array.from({ length: 2 * GROUP_WORDS }, (_, word) => Math.imul(word, 0x85ebca6b));
    const actual = expected.slice();
    addBlocks(expected, key, sign, 5 * WORDS_PER_BLOCK);
    kernel(actual, key, sign, 5);
    return actual.every((word, index) => word === expected[index]);
  });
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
