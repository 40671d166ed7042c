/**
 * Upper tail of the standard normal distribution.
 * Source: Abramowitz and Stegun, 26.2.11 (series) and 26.2.14 (continued fraction); which one is used depends on the argument.
 */

/**
 * P(Z > z) for a standard normal Z.
 *
 * @param z - At least 0.
 * @returns A probability in [0, 0.5], to a relative error of about 1e-12; 0 where it underflows.
 * @example normalTail(0) // 0.5
 */
export function normalTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-18 * sum; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 200; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}
