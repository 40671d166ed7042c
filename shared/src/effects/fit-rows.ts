/**
 * The rows of one fit inside one site, and the site's own level: its intercept, solved inside the site and never sent.
 */
import { sigmoid } from '../models/index.ts';

/** `logistic` has an intercept for each site, profiled out; `linear` has none beyond what is a column of `z`. */
export interface FitRows {
  readonly kind: 'logistic' | 'linear';
  /** Design matrix, row-major, shape (rows, size). */
  readonly z: Float64Array;
  /** 0 or 1 for a logistic fit, any finite number for a linear one; shape (rows,). */
  readonly y: Float64Array;
  /** Positive weights, shape (rows,); null means 1 each. */
  readonly weight: Float64Array | null;
  readonly rows: number;
  readonly size: number;
}

const PRECISION = 1e-13;

/** z·θ of every row, shape (rows,). */
export function offsets(rows: FitRows, coefficients: ArrayLike<number>): Float64Array {
  const { z, size } = rows;
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += z[i * size + j]! * coefficients[j]!;
    return sum;
  });
}

/**
 * The intercept at which the weighted sum of predicted risks equals the weighted number of events.
 *
 * @param offset - Linear predictor without intercept, shape (rows,).
 * @returns Null where the rows hold one class only (or none): no finite intercept fits them.
 */
export function siteIntercept({ y, weight, rows }: FitRows, offset: Float64Array): number | null {
  let total = 0;
  let events = 0;
  for (let i = 0; i < rows; i++) {
    const w = weight === null ? 1 : weight[i]!;
    total += w;
    events += w * y[i]!;
  }
  if (!(events > 0 && events < total)) return null;
  // The root lies where every risk would be the event share at the largest or the smallest offset.
  const level = Math.log(events / (total - events));
  let low = level - offset.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  let high = level - offset.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  let alpha = (low + high) / 2;
  for (let step = 0; step < 200 && high - low > PRECISION; step++) {
    let excess = -events;
    let slope = 0;
    for (let i = 0; i < rows; i++) {
      const w = weight === null ? 1 : weight[i]!;
      const risk = sigmoid(alpha + offset[i]!);
      excess += w * risk;
      slope += w * risk * (1 - risk);
    }
    if (excess > 0) high = alpha;
    else low = alpha;
    const newton = alpha - excess / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - alpha) < PRECISION * (1 + Math.abs(alpha))) return next;
    alpha = next;
  }
  return alpha;
}
