/**
 * Whether a network may take the place of the exact model beside it: only if it predicts the validation rows better beyond chance and its
 * scale is sound (learning.md §6). From sums of paired differences; the test part is not looked at.
 */

/** What validation rows said. Sums over all hospitals. */
export interface PromotionSums {
  readonly n: number;
  /** Σd and Σd² of d = log-loss of the network − log-loss of the exact model, a row each. */
  readonly difference: number;
  readonly squares: number;
  /** The network's calibration slope on the same rows; null where it could not be fitted. */
  readonly slope: number | null;
}

export interface Promotion {
  readonly isPromoted: boolean;
  readonly meanDifference: number | null;
  /** Upper end of the 95 % interval of the mean difference. */
  readonly upper: number | null;
  /** `no-loss`: a ranking gives no probability; `no-exact`: the exact fit has no answer; `no-rows`: too few validation patients. */
  readonly reason: 'better' | 'no-rows' | 'no-loss' | 'no-exact' | 'not-better' | 'no-slope' | 'slope-off';
}

const NORMAL_97_5 = 1.959963984540054;
export const SLOPES = [0.8, 1.25] as const;

/** A site's part: [n, Σd, Σd²]. @throws RangeError when the lengths differ. */
export function promotionSums(network: ArrayLike<number>, exact: ArrayLike<number>): Float64Array {
  if (network.length !== exact.length) throw new RangeError(`promotionSums: expected ${network.length} losses, got ${exact.length}`);
  const sums = Float64Array.of(network.length, 0, 0);
  for (let i = 0; i < network.length; i++) {
    const d = network[i]! - exact[i]!;
    sums[1] = sums[1]! + d;
    sums[2] = sums[2]! + d * d;
  }
  return sums;
}

/** A network that was never compared. */
export const notCompared = (reason: Promotion['reason']): Promotion => ({ isPromoted: false, meanDifference: null, upper: null, reason });

/** The rule. */
export function judgePromotion({ n, difference, squares, slope }: PromotionSums): Promotion {
  if (!(n >= 2)) return notCompared('no-rows');
  const mean = difference / n;
  const variance = Math.max(0, squares - n * mean * mean) / (n - 1);
  const upper = mean + NORMAL_97_5 * Math.sqrt(variance / n);
  const reason = !(upper < 0)
    ? 'not-better'
    : slope === null
      ? 'no-slope'
      : slope < SLOPES[0] || slope > SLOPES[1]
        ? 'slope-off'
        : 'better';
  return { isPromoted: reason === 'better', meanDifference: mean, upper, reason };
}
