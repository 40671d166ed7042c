/**
 * A deterministic stream of random numbers from a 256-bit seed, for rounding, noise, initial weights and shuffles.
 *
 * Rules: the ChaCha20 key is derived from the seed with its own HKDF info, so a stream and a mask never share
 * keystream even if they were given the same seed; the same calls in the same order give the same numbers everywhere.
 * Source: RFC 8439, RFC 5869.
 */
import { utf8Bytes } from './bytes.ts';
import { addKeystream } from './chacha20.ts';
import { hkdfSha256 } from './hash.ts';

const PURPOSE = utf8Bytes('consilium stream');
const FIRST_WORDS = 128;
const BUFFERED_WORDS = 1024;

/** A stream of random numbers; each call moves it forward. */
export interface RandomStream {
  /** @returns The next `count` bytes; a rest of the last 32-bit word is dropped. */
  bytes(count: number): Uint8Array<ArrayBuffer>;
  /** @returns An integer in [0, 2^32). */
  uint32(): number;
  /** @returns The next `count` integers in [0, 2^32), as that many calls of `uint32` would give. */
  words(count: number): Uint32Array<ArrayBuffer>;
  /** @returns A multiple of 2^-53 in [0, 1). */
  uniform(): number;
  /** @returns An integer in [0, count), each equally likely; count is 1 to 2^32, else RangeError. */
  below(count: number): number;
}

/** The multiple of 2^-53 in [0, 1) that two words of a stream stand for. */
export const uniformFrom = (first: number, second: number): number => ((first >>> 5) * 2 ** 26 + (second >>> 6)) * 2 ** -53;

/** @param seed - 32 bytes. @throws RangeError on another length. */
export function randomStream(seed: Uint8Array): RandomStream {
  if (seed.length !== 32) throw new RangeError(`randomStream: expected a seed of 32 bytes, got ${seed.length}`);
  const key = hkdfSha256(seed, new Uint8Array(0), PURPOSE, 32);
  let buffer = new Uint32Array(0);
  let used = 0;
  let position = 0;

  /** A stream of which little is asked is started with little. */
  function refill(): void {
    const length = Math.min(BUFFERED_WORDS, Math.max(FIRST_WORDS, 2 * position));
    if (buffer.length === length) buffer.fill(0);
    else buffer = new Uint32Array(length);
    addKeystream(buffer, key, 1, position);
    position += length;
    used = 0;
  }

  function uint32(): number {
    if (used === buffer.length) refill();
    return buffer[used++]!;
  }

  function words(count: number): Uint32Array<ArrayBuffer> {
    const result = new Uint32Array(count);
    const kept = Math.min(buffer.length - used, count);
    result.set(buffer.subarray(used, used + kept));
    used += kept;
    const fresh = count - kept;
    addKeystream(result.subarray(kept), key, 1, position);
    position += fresh;
    return result;
  }

  function uniform(): number {
    const first = uint32();
    return uniformFrom(first, uint32());
  }

  function below(count: number): number {
    if (!Number.isInteger(count) || count < 1 || count > 2 ** 32) throw new RangeError(`below: expected 1 to 2^32, got ${count}`);
    const fair = 2 ** 32 - (2 ** 32 % count); // draws from here on would favour small results
    let draw = uint32();
    while (draw >= fair) draw = uint32();
    return draw % count;
  }

  function bytes(count: number): Uint8Array<ArrayBuffer> {
    const result = new Uint8Array(count);
    for (let index = 0; index < count; index += 4) {
      const word = uint32();
      for (let byte = 0; byte < 4 && index + byte < count; byte++) result[index + byte] = word >>> (8 * byte);
    }
    return result;
  }

  return { bytes, uint32, words, uniform, below };
}
