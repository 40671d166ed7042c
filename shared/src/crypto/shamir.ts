/**
 * Shamir's secret sharing of byte strings over GF(2^8).
 *
 * Rules: each byte of the secret is the constant term of its own polynomial of degree threshold − 1; the share of x
 * holds the values at x; fewer shares than the threshold say nothing about the secret. The result of too few or of
 * wrong shares is garbage, not an error, so shares are checked against commitments and results against the advert.
 * Source: Shamir 1979, doi 10.1145/359168.359176.
 */
import { divide, multiply } from './galois-field.ts';

/** One share with the x it belongs to, 1 to 255. */
export interface PlacedShare {
  readonly x: number;
  readonly share: Uint8Array;
}

/**
 * Splits a secret.
 *
 * @param input.secret - At least one byte.
 * @param input.shares - How many, n: 1 to 255.
 * @param input.threshold - How many are needed, t: 1 to n.
 * @param input.randomness - (t − 1) · secret length uniform bytes, used for nothing else.
 * @returns n shares as long as the secret; the share at index i belongs to x = i + 1.
 * @throws RangeError on values outside these.
 */
export function splitSecret(input: {
  readonly secret: Uint8Array;
  readonly shares: number;
  readonly threshold: number;
  readonly randomness: Uint8Array;
}): Uint8Array<ArrayBuffer>[] {
  const { secret, shares, threshold, randomness } = input;
  const size = secret.length;
  if (size === 0) throw new RangeError('splitSecret: expected a secret of at least one byte');
  if (!Number.isInteger(shares) || shares < 1 || shares > 255) throw new RangeError(`splitSecret: expected 1 to 255 shares, got ${shares}`);
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > shares) {
    throw new RangeError(`splitSecret: expected a threshold of 1 to ${shares}, got ${threshold}`);
  }
  if (randomness.length !== (threshold - 1) * size) {
    throw new RangeError(`splitSecret: expected ${(threshold - 1) * size} bytes of randomness, got ${randomness.length}`);
  }
  return Array.from({ length: shares }, (_, share) =>
    Uint8Array.from({ length: size }, (_, byte) => {
      let value = 0; // Horner's rule, from the highest coefficient down
      for (let degree = threshold - 1; degree >= 1; degree--) value = multiply(value ^ randomness[(degree - 1) * size + byte]!, share + 1);
      return value ^ secret[byte]!;
    }),
  );
}

/**
 * Puts a secret together from all given shares.
 *
 * @param parts - At least the threshold of them, in any order.
 * @returns The secret; garbage if there are too few or one is wrong.
 * @throws RangeError on no shares, a repeated x, an x outside 1 to 255, or unequal lengths.
 */
export function combineShares(parts: readonly PlacedShare[]): Uint8Array<ArrayBuffer> {
  requireShares('combineShares', parts);
  return valueAt(0, parts);
}

/**
 * Tells whether one dealer's shares fit together: all lie on one polynomial of degree threshold − 1.
 *
 * @param parts - At least `threshold`; exactly that many always fit.
 * @throws RangeError on fewer, or as `combineShares`.
 */
export function sharesAgree(parts: readonly PlacedShare[], threshold: number): boolean {
  requireShares('sharesAgree', parts);
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > parts.length) {
    throw new RangeError(`sharesAgree: expected a threshold of 1 to ${parts.length}, got ${threshold}`);
  }
  const basis = parts.slice(0, threshold);
  return parts.slice(threshold).every(({ x, share }) => valueAt(x, basis).every((byte, index) => byte === share[index]));
}

function requireShares(caller: string, parts: readonly PlacedShare[]): void {
  const first = parts[0];
  if (first === undefined) throw new RangeError(`${caller}: expected at least one share`);
  if (new Set(parts.map(({ x }) => x)).size !== parts.length) throw new RangeError(`${caller}: expected distinct x`);
  for (const { x, share } of parts) {
    if (!Number.isInteger(x) || x < 1 || x > 255) throw new RangeError(`${caller}: expected x of 1 to 255, got ${x}`);
    if (share.length !== first.share.length) throw new RangeError(`${caller}: expected shares of equal length`);
  }
}

/** Lagrange interpolation; minus is plus in this field. */
function valueAt(x: number, parts: readonly PlacedShare[]): Uint8Array<ArrayBuffer> {
  const value = new Uint8Array(parts[0]!.share.length);
  for (const part of parts) {
    let weight = 1;
    for (const other of parts) if (other.x !== part.x) weight = multiply(weight, divide(x ^ other.x, part.x ^ other.x));
    for (let index = 0; index < value.length; index++) value[index]! ^= multiply(weight, part.share[index]!);
  }
  return value;
}
