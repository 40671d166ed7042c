/**
 * The field GF(2^8) of AES (polynomial x^8 + x^4 + x^3 + x + 1), by logarithms to the generator 3.
 *
 * Rule: addition is XOR. Source: FIPS 197 §4.
 */

const POLYNOMIAL = 0x11b;
const powers = new Uint8Array(510); // twice the cycle, so that a sum of two logarithms needs no reduction
const logarithms = new Uint8Array(256);

for (let exponent = 0, value = 1; exponent < 255; exponent++) {
  powers[exponent] = value;
  powers[exponent + 255] = value;
  logarithms[value] = exponent;
  const doubled = value << 1;
  value ^= doubled & 0x100 ? doubled ^ POLYNOMIAL : doubled; // times 3 = times 2, plus once
}

/** @returns The product of two field elements, each 0 to 255. */
export function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : powers[logarithms[a]! + logarithms[b]!]!;
}

/** @returns a / b. @throws RangeError if b is 0. */
export function divide(a: number, b: number): number {
  if (b === 0) throw new RangeError('divide: expected a divisor that is not 0');
  return a === 0 ? 0 : powers[logarithms[a]! + 255 - logarithms[b]!]!;
}
