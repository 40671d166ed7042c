/**
 * The shape of a vector in a secure sum: how many 64-bit header entries, then how many body entries of how many bits.
 *
 * Rule: packed little-endian without gaps; only a 20-bit body of odd length ends in four unused bits, which are zero.
 * Source: docs/protocol.md §4.
 */

/** Part of what every site signs: all vectors of one secure sum have the same layout. */
export interface Layout {
  /** 64-bit entries, 0 or more: counts, weights, losses, statistics. */
  readonly header: number;
  /** Entries of `bits` bits, 0 or more: the update. */
  readonly body: number;
  readonly bits: 16 | 20 | 24 | 32;
}

/** @returns Bytes of a packed vector. @throws RangeError on a layout with negative, fractional or unsafe numbers. */
export function packedLength(layout: Layout): number {
  const { header, body, bits } = layout;
  if (!isCount(header) || !isCount(body)) throw new RangeError('packedLength: expected a header and a body of 0 to 2^31 entries');
  if (bits !== 16 && bits !== 20 && bits !== 24 && bits !== 32)
    throw new RangeError(`packedLength: expected 16, 20, 24 or 32 bits, got ${bits}`);
  return 8 * header + Math.ceil((body * bits) / 8);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 2 ** 31;
}
