/**
 * A vector as integers in its rings: the header mod 2^64, the body mod 2^bits. It is what sites mask and what the sum is.
 *
 * Rule: a site's encoded vector never leaves the chamber; only a `MaskedVector` does.
 */
import { type Layout, packedLength } from './layout.ts';

/** An encoded vector; every body entry is below 2^bits of its layout. */
export interface EncodedVector {
  readonly header: BigUint64Array;
  readonly body: Uint32Array;
}

/** @returns A new vector of zeros. @throws RangeError on an impossible layout. */
export function zeroVector(layout: Layout): EncodedVector {
  packedLength(layout);
  return { header: new BigUint64Array(layout.header), body: new Uint32Array(layout.body) };
}
