/**
 * How one seed's keystream meets a vector.
 *
 * Rules: header entry i takes words 2i (low half) and 2i + 1 (high half), mod 2^64; body entry j takes word
 * 2 · header + j, mod 2^32, of which the lowest bits count. Each word is used once; a seed serves one vector.
 * Source: docs/protocol.md §3 and §4.
 */
import { addKeystream } from '../crypto/index.ts';
import type { EncodedVector } from './encoded-vector.ts';

/** A seed (32 bytes) whose keystream is added (1) or subtracted (-1). */
export interface SignedSeed {
  readonly seed: Uint8Array;
  readonly sign: 1 | -1;
}

/** Adds or subtracts one seed's keystream, in place. @throws RangeError on a seed that is not 32 bytes. */
export function applyKeystream(target: EncodedVector, { seed, sign }: SignedSeed): void {
  const { header, body } = target;
  const words = new Uint32Array(2 * header.length);
  addKeystream(words, seed, 1);
  for (let index = 0; index < header.length; index++) {
    const mask = BigInt(words[2 * index]!) | (BigInt(words[2 * index + 1]!) << 32n);
    header[index]! += sign === 1 ? mask : -mask;
  }
  addKeystream(body, seed, sign, words.length);
}
