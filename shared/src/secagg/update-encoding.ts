/**
 * Updates as small fixed-point integers: the body of the vector.
 *
 * Rules: with n sites a site's entry is a signed integer of q = bits − ⌈log2 n⌉ bits, so the sum fits in `bits`; an
 * update is clipped per tensor, weighted, and rounded up or down at random such that its mean is exact, in float64.
 * Full scale is 2^(q−1) − 1 steps for one clip, so each site adds at most C / (2^q − 2) of standard error.
 * Source: docs/protocol.md §4; stochastic rounding as in Gupta et al. 2015 (arXiv 1502.02551).
 */
import { randomStream, uniformFrom } from '../crypto/index.ts';
import type { Layout } from './layout.ts';

/** One tensor of the model, in the update's order: its entries and its clip C, in the update's units. */
export interface TensorClip {
  readonly length: number;
  readonly clip: number;
}

/**
 * Clips, weights, scales and rounds a site's update.
 *
 * @param input.delta - Weights after minus weights before, all tensors one after another; finite.
 * @param input.weight - The site's weight on the grid, 0 to 1.
 * @param input.sites - Sites that may be in the sum, n.
 * @param input.seed - 32 fresh uniform bytes that are used for nothing else and never shared.
 * @returns The body, entries mod 2^bits, and how many entries were beyond their clip.
 * @throws RangeError on NaN or Infinity (named by place, never by value), a weight outside 0 to 1, a clip that is not
 *   positive, lengths that do not match, or too many sites for `bits`.
 */
export function encodeUpdate(input: {
  readonly delta: Float32Array | Float64Array;
  readonly weight: number;
  readonly tensors: readonly TensorClip[];
  readonly bits: Layout['bits'];
  readonly sites: number;
  readonly seed: Uint8Array;
}): { readonly body: Uint32Array<ArrayBuffer>; readonly clipped: number } {
  const { delta, weight, tensors, bits, sites } = input;
  requireTensors('encodeUpdate', tensors, delta.length);
  if (!(weight >= 0 && weight <= 1)) throw new RangeError('encodeUpdate: expected a weight of 0 to 1');
  const fullScale = stepsPerClip(bits, sites);
  // Read as signed: the same bits, and integers to the compiler.
  const chance = new Int32Array(randomStream(input.seed).words(2 * delta.length).buffer);
  const body = new Uint32Array(delta.length);
  const inRing = bits === 32 ? -1 : 2 ** bits - 1;
  let clipped = 0;
  let index = 0;
  for (const { length, clip } of tensors) {
    for (const end = index + length; index < end; index++) {
      const value = delta[index]!;
      const size = Math.abs(value);
      if (!(size <= Number.MAX_VALUE)) throw new RangeError(`encodeUpdate: entry ${index} is not finite`);
      if (size > clip) clipped++;
      const share = value / clip; // divided before scaling: a full clip is exactly full scale
      const steps = weight * (share > 1 ? 1 : share < -1 ? -1 : share) * fullScale;
      const below = Math.floor(steps);
      // −1 where the draw is below what is left, else 0: no branch, for its outcome is a toss and a processor would guess wrong half the time.
      const minusUp = Math.floor(uniformFrom(chance[2 * index]!, chance[2 * index + 1]!) - (steps - below));
      body[index] = ((below | 0) - (minusUp | 0)) & inRing;
    }
  }
  return { body, clipped };
}

/**
 * Reads the sum of encoded updates.
 *
 * @param body - Entries mod 2^bits.
 * @param plan - The same tensors, bits and sites as in `encodeUpdate`.
 * @returns Σ weight · clip(update) over the sites in the sum; divide by the sum of their weights for the mean.
 * @throws RangeError as `encodeUpdate`, for the same numbers.
 */
export function decodeUpdate(
  body: Uint32Array,
  plan: { readonly tensors: readonly TensorClip[]; readonly bits: Layout['bits']; readonly sites: number },
): Float64Array<ArrayBuffer> {
  requireTensors('decodeUpdate', plan.tensors, body.length);
  const fullScale = stepsPerClip(plan.bits, plan.sites);
  const unused = 32 - plan.bits;
  const sum = new Float64Array(body.length);
  let index = 0;
  for (const { length, clip } of plan.tensors) {
    for (const end = index + length; index < end; index++) sum[index] = (((body[index]! << unused) >> unused) / fullScale) * clip;
  }
  return sum;
}

function stepsPerClip(bits: Layout['bits'], sites: number): number {
  if (!Number.isSafeInteger(sites) || sites < 1) throw new RangeError(`update encoding: expected at least one site, got ${sites}`);
  const signedBits = bits - Math.ceil(Math.log2(sites));
  if (signedBits < 2) throw new RangeError(`update encoding: ${bits} bits are too few for ${sites} sites`);
  return 2 ** (signedBits - 1) - 1;
}

function requireTensors(caller: string, tensors: readonly TensorClip[], entries: number): void {
  for (const { length, clip } of tensors) {
    if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`${caller}: expected tensor lengths of 0 or more`);
    if (!(clip > 0 && clip < Number.POSITIVE_INFINITY)) throw new RangeError(`${caller}: expected positive clips`);
  }
  const expected = tensors.reduce((sum, { length }) => sum + length, 0);
  if (expected !== entries) throw new RangeError(`${caller}: expected ${expected} entries, got ${entries}`);
}
