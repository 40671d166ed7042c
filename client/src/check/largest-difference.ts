/**
 * Largest difference of two updates, as a share of the largest entry of the first.
 *
 * @param expected - Shape (dimension,); not all zero.
 * @param actual - Shape (dimension,).
 * @example largestDifference(Float64Array.of(2, -4), Float64Array.of(2, -3)) // 0.25
 */
export function largestDifference(expected: Float64Array, actual: Float64Array): number {
  if (expected.length !== actual.length) return Number.POSITIVE_INFINITY;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return expected.reduce((most, value, index) => Math.max(most, Math.abs(value - (actual[index] ?? Number.NaN))), 0) / largest;
}
