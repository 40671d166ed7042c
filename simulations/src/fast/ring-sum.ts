/** Sums of encoded vectors in their rings: what masked vectors add up to once the masks have cancelled. */
import type { EncodedVector, Layout } from '@consilium/shared/secagg';

/** Adds a vector in place; the body stays unreduced, mod 2^32, until `reduceSum`. @throws RangeError on other lengths. */
export function addToSum(sum: EncodedVector, vector: EncodedVector): void {
  const { header, body } = vector;
  if (header.length !== sum.header.length || body.length !== sum.body.length)
    throw new RangeError('addToSum: expected vectors of one layout');
  for (let entry = 0; entry < header.length; entry++) sum.header[entry]! += header[entry]!;
  for (let entry = 0; entry < body.length; entry++) sum.body[entry]! += body[entry]!;
}

/** Reduces the body mod 2^bits, in place; the result is the sum that the protocol releases. */
export function reduceSum(sum: EncodedVector, { bits }: Layout): EncodedVector {
  const unused = 32 - bits;
  for (let entry = 0; entry < sum.body.length; entry++) sum.body[entry] = (sum.body[entry]! << unused) >>> unused;
  return sum;
}
