/**
 * The plan's grid for weights: a hospital's weight is told no more exactly than a power of √2.
 *
 * Rule: exact weights would give a hospital's patient count as the difference of sums over changing cohorts.
 * Source: docs/protocol.md §4.
 */

/**
 * @param weight - Usually training rows; 0 or more.
 * @param cap - Weight at which all larger ones count the same; above 0, from the plan.
 * @returns min(weight, cap) / cap, rounded (in ratio) to the nearest power of √2, at most 1; 0 stays 0.
 * @throws RangeError on NaN, Infinity or a negative weight (not repeated in the message), or a cap that is not positive.
 * @example gridWeight(130, 500) // 0.25
 */
export function gridWeight(weight: number, cap: number): number {
  if (!(cap > 0 && cap < Number.POSITIVE_INFINITY)) throw new RangeError(`gridWeight: expected a positive cap, got ${cap}`);
  if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) throw new RangeError('gridWeight: expected a finite weight of 0 or more');
  if (weight === 0) return 0;
  const halvings = Math.round(-2 * Math.log2(Math.min(weight, cap) / cap));
  return 2 ** -Math.floor(halvings / 2) * (halvings % 2 === 0 ? 1 : Math.SQRT1_2);
}
