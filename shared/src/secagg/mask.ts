/**
 * Masking: the last step in the chamber, and the only maker of a `MaskedVector`.
 *
 * Rules: the self mask is added, pair masks are added or subtracted, each seed expands once; without the self seed
 * the result is uniformly random, whoever knows the pair seeds. Source: Bonawitz et al. 2017, docs/protocol.md §3.
 */
import type { EncodedVector } from './encoded-vector.ts';
import { applyKeystream, type SignedSeed } from './keystream.ts';
import type { Layout } from './layout.ts';
import { packVector } from './pack-vector.ts';

declare const masked: unique symbol;

/** A packed masked vector: the only thing computed from rows that the sending function accepts. */
export interface MaskedVector {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly layout: Layout;
  readonly [masked]: true;
}

/**
 * Masks and packs a site's vector.
 *
 * @param encoded - Of the given layout, every body entry below 2^bits; not changed.
 * @param selfSeed - 32 fresh uniform bytes, for this vector only.
 * @param pairs - One seed for each peer that advertised and shared keys: +1 where this site's index is the lower.
 * @throws RangeError on other lengths, a body entry of 2^bits or more, no pairs, or a seed that comes twice.
 */
export function maskVector(encoded: EncodedVector, layout: Layout, selfSeed: Uint8Array, pairs: readonly SignedSeed[]): MaskedVector {
  if (encoded.header.length !== layout.header || encoded.body.length !== layout.body) {
    throw new RangeError('maskVector: expected a vector of the given layout');
  }
  if (!isBelow(encoded.body, 2 ** layout.bits)) throw new RangeError(`maskVector: expected body entries of ${layout.bits} bits`);
  if (pairs.length === 0) throw new RangeError('maskVector: expected at least one peer');
  const seeds: readonly SignedSeed[] = [{ seed: selfSeed, sign: 1 }, ...pairs];
  if (new Set(seeds.map(({ seed }) => seed.join())).size !== seeds.length) throw new RangeError('maskVector: expected distinct seeds');
  const sum: EncodedVector = { header: encoded.header.slice(), body: encoded.body.slice() };
  for (const seed of seeds) applyKeystream(sum, seed);
  return { bytes: packVector(sum, layout), layout } as MaskedVector; // the brand exists in types only
}

/** A loop, because a callback for each of a million entries takes longer than one of the masks. */
function isBelow(body: Uint32Array, bound: number): boolean {
  for (let index = 0; index < body.length; index++) if (body[index]! >= bound) return false;
  return true;
}
