/**
 * What a site adds for a benefit model: a histogram of its test patients by predicted benefit × arm × outcome, with the summed
 * prediction of each bin. Quarters, calibration and Qini are read from the sum. Weighted where treatment was not assigned by lot.
 *
 * Layout: BENEFIT_BINS × [comparator without outcome, comparator with, treated without, treated with, summed predicted benefit,
 * patients]. The first four are weights; without weights they are counts.
 */

/** Bins of width 0.01 over [−1, 1]. */
export const BENEFIT_BINS = 200;
const ENTRIES = 6;

export const BENEFIT_CELLS_LENGTH = BENEFIT_BINS * ENTRIES;

export interface BenefitBin {
  /** Weight by arm and outcome: [arm 0 none, arm 0 event, arm 1 none, arm 1 event]. */
  readonly cells: readonly [number, number, number, number];
  readonly predicted: number;
  readonly patients: number;
}

/** The bin of a predicted benefit; outside [−1, 1], which a regression can predict, the first or last. */
export const benefitBin = (benefit: number): number =>
  Math.min(BENEFIT_BINS - 1, Math.max(0, Math.floor(((benefit + 1) / 2) * BENEFIT_BINS)));

/** @param weight - Null means 1 each. @returns Shape (BENEFIT_CELLS_LENGTH,). */
export function benefitCells(input: {
  readonly benefit: ArrayLike<number>;
  readonly arm: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly weight: ArrayLike<number> | null;
}): Float64Array {
  const { benefit, arm, y, weight } = input;
  const sums = new Float64Array(BENEFIT_CELLS_LENGTH);
  for (let i = 0; i < benefit.length; i++) {
    const at = benefitBin(benefit[i]!) * ENTRIES;
    const cell = at + 2 * arm[i]! + y[i]!;
    sums[cell] = sums[cell]! + (weight === null ? 1 : weight[i]!);
    sums[at + 4] = sums[at + 4]! + benefit[i]!;
    sums[at + 5] = sums[at + 5]! + 1;
  }
  return sums;
}

export function readBenefitCells(sums: ArrayLike<number>): readonly BenefitBin[] {
  return Array.from({ length: BENEFIT_BINS }, (_, bin) => {
    const entry = (k: number): number => sums[bin * ENTRIES + k]!;
    return { cells: [entry(0), entry(1), entry(2), entry(3)] as const, predicted: entry(4), patients: Math.round(entry(5)) };
  });
}
