/**
 * Unmasking: the sum of masked vectors, less the masks that do not cancel by themselves.
 *
 * Rules: for a site whose vector is in the sum, its self mask is subtracted; for a site that dropped out after sharing
 * its keys, what it would have added against each vector in the sum is added; never both for one site.
 * Source: Bonawitz et al. 2017, docs/protocol.md §3.
 */
import { type EncodedVector, zeroVector } from './encoded-vector.ts';
import { applyKeystream, type SignedSeed } from './keystream.ts';
import type { Layout } from './layout.ts';
import { addPacked } from './pack-vector.ts';
import { type MaskPeer, pairMasks } from './pair-seed.ts';

/**
 * Sums packed vectors and applies the corrections.
 *
 * @param masked - Packed masked vectors, one a site of U3; read once, so they may be streamed.
 * @param masks - `survivorMasks` of U3 and `dropoutMasks` of each site of U1 outside it.
 * @returns The sum of the encoded vectors, every body entry below 2^bits; noise if a mask is missing.
 * @throws RangeError on a vector that is not of the layout.
 */
export function unmaskSum(layout: Layout, masked: Iterable<Uint8Array>, masks: readonly SignedSeed[]): EncodedVector {
  const sum = zeroVector(layout);
  for (const bytes of masked) addPacked(sum, bytes, layout);
  for (const mask of masks) applyKeystream(sum, mask);
  const unused = 32 - layout.bits;
  for (let index = 0; index < sum.body.length; index++) sum.body[index] = (sum.body[index]! << unused) >>> unused;
  return sum;
}

/** @param selfSeeds - The reconstructed self seeds of all sites of U3. @returns The corrections for them. */
export function survivorMasks(selfSeeds: readonly Uint8Array[]): SignedSeed[] {
  return selfSeeds.map((seed) => ({ seed, sign: -1 }));
}

/**
 * The corrections for one site that shared its keys and sent no vector.
 *
 * @param input.index - Its roster index.
 * @param input.maskSecret - Its reconstructed secret key for masks, 32 bytes.
 * @param input.context - The round's context, 32 bytes.
 * @param input.survivors - Roster indices and public mask keys of all sites of U3, without any other dropped site.
 * @throws RangeError as `pairSeed`.
 */
export function dropoutMasks(input: {
  readonly index: number;
  readonly maskSecret: Uint8Array;
  readonly context: Uint8Array;
  readonly survivors: readonly MaskPeer[];
}): SignedSeed[] {
  return pairMasks({ index: input.index, secretKey: input.maskSecret, context: input.context, peers: input.survivors });
}
