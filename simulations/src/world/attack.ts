/**
 * A hostile site's update: another vector in the place of its own, in the ring in which it is summed. It is masked, signed and sent
 * as any other, because nothing in a secure sum can tell it (protocol.md §6: a lying site can shift the sum by up to its ring bound).
 */
import type { EncodedVector } from '@consilium/shared/secagg';
import type { Attack } from './world-file.ts';

/**
 * @param bits - Of the ring of the body.
 * @param sites - Of the study: the largest entry of one site is 2^(bits − 1) ÷ sites, above it the sum would wrap.
 */
export function attackVector(attack: Attack, vector: EncodedVector, bits: number, sites: number): EncodedVector {
  const factor = attack.kind === 'sign-flip' ? -1 : attack.factor;
  const size = 2 ** bits;
  const most = Math.floor(size / 2 / sites) - 1;
  const body = vector.body.map((entry) => {
    const signed = entry >= size / 2 ? entry - size : entry;
    const sent = Math.max(-most, Math.min(most, Math.round(signed * factor)));
    return sent < 0 ? sent + size : sent;
  });
  return { header: vector.header, body };
}
