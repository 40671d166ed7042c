/**
 * The mean update of a round. Sites send weight × update and weight; only the two sums exist in the clear.
 * + − × ÷ √ only, because every site repeats it.
 */

/**
 * Sum of weighted updates over the sum of weights.
 *
 * @param sumOfWeighted - Σ weight·update over the surviving sites, shape (dimension,).
 * @param sumOfWeights - Σ weight, above 0.
 * @returns A new vector, shape (dimension,), in the units of the weights.
 * @throws RangeError when no weight was given or an entry is not finite.
 * @example meanUpdate(Float64Array.of(2, 4), 2) // Float64Array [1, 2]
 */
export function meanUpdate(sumOfWeighted: Float64Array, sumOfWeights: number): Float64Array {
  if (!(sumOfWeights > 0 && Number.isFinite(sumOfWeights))) {
    throw new RangeError(`meanUpdate: expected a sum of weights above 0, got ${sumOfWeights}`);
  }
  return sumOfWeighted.map((value, index) => {
    if (!Number.isFinite(value)) throw new RangeError(`meanUpdate: entry ${index} is not finite`);
    return value / sumOfWeights;
  });
}
