/**
 * How far a measured value may lie from the predicted one, for patients pooled over hospitals: the level's quantile of |residual| on validation
 * rows, which the model never saw. Split conformal prediction: it holds the value of a new patient of the same mixture with that probability,
 * whatever the model; it promises nothing for one patient, or for one hospital.
 * Source: Vovk et al. 2005; Lei et al. 2018, "Distribution-free predictive inference for regression".
 */

/** Bins of |residual|; one more counts what lies beyond them. */
export const RESIDUAL_BINS = 400;
/** The last bin ends at so many standard deviations of the outcome. */
const REACH = 4;

/** Share of patients whose value the interval holds. */
export const CONFORMAL_LEVEL = 0.95;

/** Rows in each bin, shape (RESIDUAL_BINS + 1,). @param sd - Of the outcome over all training rows. */
export function residualCounts(predicted: ArrayLike<number>, observed: ArrayLike<number>, sd: number): Float64Array {
  const counts = new Float64Array(RESIDUAL_BINS + 1);
  for (let i = 0; i < observed.length; i++) {
    const residual = Math.abs(observed[i]! - predicted[i]!);
    const bin = Math.min(RESIDUAL_BINS, Math.floor((residual / (REACH * sd)) * RESIDUAL_BINS));
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

/** An interval of `halfWidth` to both sides of a prediction. */
export interface Conformal {
  readonly halfWidth: number;
  readonly level: number;
  /** Validation rows it was learned from. */
  readonly n: number;
}

/**
 * The upper edge of the bin in which the ⌈(n + 1) · level⌉-th smallest residual lies: never too narrow for what the bins hide.
 *
 * @returns Null where there are too few rows for the level, or it lies beyond the last bin.
 */
export function readConformal(counts: ArrayLike<number>, sd: number, level = CONFORMAL_LEVEL): Conformal | null {
  const rows = Array.from(counts, Math.round);
  const n = rows.reduce((sum, count) => sum + count, 0);
  const rank = Math.ceil((n + 1) * level - 1e-9);
  if (rank > n) return null;
  let seen = 0;
  for (let bin = 0; bin < RESIDUAL_BINS; bin++) {
    seen += rows[bin]!;
    if (seen >= rank) return { halfWidth: ((bin + 1) / RESIDUAL_BINS) * REACH * sd, level, n };
  }
  return null;
}
