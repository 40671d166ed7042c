/** Whether both arms occur among like patients: the propensity's histogram by arm, and how many patients the weights leave. */
import { hasOverlap } from './propensity.ts';

const BINS = 20;

/** Histogram of arm 0, of arm 1; Σw and Σw² of each arm; patients outside the limits. */
export const OVERLAP_LENGTH = 2 * BINS + 5;

export interface Overlap {
  /** Patients by propensity in steps of 0.05, comparator and treated. */
  readonly histogram: readonly { readonly comparator: number; readonly treated: number }[];
  /** Shared area of the two distributions, 0 to 1. */
  readonly coefficient: number;
  /** (Σw)² / Σw² of each arm. */
  readonly effectiveComparator: number;
  readonly effectiveTreated: number;
  /** Share of patients whose propensity is outside .02 to .98. */
  readonly outside: number;
}

/** One site's entries. */
export function overlapEntries(propensity: Float64Array, arm: Float64Array, weight: Float64Array): Float64Array {
  const sums = new Float64Array(OVERLAP_LENGTH);
  propensity.forEach((e, i) => {
    const bin = Math.min(BINS - 1, Math.floor(e * BINS));
    const a = arm[i]!;
    sums[a * BINS + bin]! += 1;
    sums[2 * BINS + 2 * a]! += weight[i]!;
    sums[2 * BINS + 2 * a + 1]! += weight[i]! ** 2;
    if (!hasOverlap(e)) sums[OVERLAP_LENGTH - 1]! += 1;
  });
  return sums;
}

export function readOverlap(sums: ArrayLike<number>): Overlap {
  const bins = Array.from({ length: BINS }, (_, k) => ({ comparator: sums[k]!, treated: sums[BINS + k]! }));
  const comparator = bins.reduce((sum, bin) => sum + bin.comparator, 0);
  const treated = bins.reduce((sum, bin) => sum + bin.treated, 0);
  const size = (at: number): number => (sums[at + 1]! > 0 ? sums[at]! ** 2 / sums[at + 1]! : 0);
  const both = comparator > 0 && treated > 0;
  return {
    histogram: bins,
    coefficient: both ? bins.reduce((sum, bin) => sum + Math.min(bin.comparator / comparator, bin.treated / treated), 0) : 0,
    effectiveComparator: size(2 * BINS),
    effectiveTreated: size(2 * BINS + 2),
    outside: comparator + treated > 0 ? sums[OVERLAP_LENGTH - 1]! / (comparator + treated) : 0,
  };
}

/** Below this shared area, or with fewer effective patients in an arm, no effect is shown. */
const LEAST_SHARED = 0.1;
const FEWEST_EFFECTIVE = 10;

export const lacksOverlap = ({ coefficient, effectiveComparator, effectiveTreated }: Overlap): boolean =>
  coefficient < LEAST_SHARED || effectiveComparator < FEWEST_EFFECTIVE || effectiveTreated < FEWEST_EFFECTIVE;
