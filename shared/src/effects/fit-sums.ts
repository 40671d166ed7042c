/**
 * A site's part of one iteration of a fit with an intercept for each site. The intercept is profiled out before anything is summed:
 * what leaves is g_θ and the Schur complement H_θθ − H_θα H_αα⁻¹ H_αθ, written as a sum over centred rows.
 *
 * Layout: [contributors, rows, loss, gradient (size), packed upper triangle of the Hessian]. Zeros from a site whose rows cannot
 * inform the fit (one class). Source: learning.md §3; Murphy and van der Vaart 2000 for the profile likelihood.
 */
import { sigmoid } from '../models/index.ts';
import { type FitRows, offsets, siteIntercept } from './fit-rows.ts';

const HEAD = 3;

/** Entries of an upper triangle, packed row by row. */
export const packedLength = (size: number): number => (size * (size + 1)) / 2;

/** Entries of `fitSums`. */
export const fitSumsLength = (size: number): number => HEAD + size + packedLength(size);

/** A fit at a point, inside the site. */
export interface SiteFit {
  /** The site's own intercept; 0 for a linear fit. */
  readonly intercept: number;
  /** −dα/dθ: curvature-weighted mean of the design rows, shape (size,); zeros for a linear fit. */
  readonly centre: Float64Array;
  /** Summed curvature H_αα; 0 for a linear fit. */
  readonly curvature: number;
  /** Fitted value of every row, and the weighted residual (fitted − observed). */
  readonly fitted: Float64Array;
  readonly residual: Float64Array;
}

/** @returns Null where the site's rows cannot inform the fit. */
export function siteFit(rows: FitRows, coefficients: ArrayLike<number>): SiteFit | null {
  if (coefficients.length !== rows.size) throw new RangeError(`siteFit: expected ${rows.size} coefficients, got ${coefficients.length}`);
  if (rows.rows === 0) return null;
  const offset = offsets(rows, coefficients);
  const weightOf = (i: number): number => (rows.weight === null ? 1 : rows.weight[i]!);
  const centre = new Float64Array(rows.size);
  if (rows.kind === 'linear') {
    return { intercept: 0, centre, curvature: 0, fitted: offset, residual: offset.map((value, i) => weightOf(i) * (value - rows.y[i]!)) };
  }
  const intercept = siteIntercept(rows, offset);
  if (intercept === null) return null;
  const fitted = offset.map((value) => sigmoid(intercept + value));
  let curvature = 0;
  for (let i = 0; i < rows.rows; i++) {
    const c = weightOf(i) * fitted[i]! * (1 - fitted[i]!);
    curvature += c;
    for (let j = 0; j < rows.size; j++) centre[j] = centre[j]! + c * rows.z[i * rows.size + j]!;
  }
  const scaled = curvature > 0 ? centre.map((value) => value / curvature) : centre;
  return { intercept, centre: scaled, curvature, fitted, residual: fitted.map((value, i) => weightOf(i) * (value - rows.y[i]!)) };
}

/**
 * One site's sums at a point.
 *
 * @param coefficients - Shape (size,).
 * @returns Shape (fitSumsLength(size),); the loss is the weighted log-loss in nats, or half the weighted squared error.
 * @throws RangeError when the number of coefficients is not `size`.
 */
export function fitSums(rows: FitRows, coefficients: ArrayLike<number>): Float64Array {
  const { size } = rows;
  const sums = new Float64Array(fitSumsLength(size));
  const fit = siteFit(rows, coefficients);
  if (fit === null) return sums;
  sums[0] = 1;
  sums[1] = rows.rows;
  const gradient = sums.subarray(HEAD, HEAD + size);
  const packed = sums.subarray(HEAD + size);
  const offset = rows.kind === 'logistic' ? offsets(rows, coefficients) : null;
  for (let i = 0; i < rows.rows; i++) {
    const w = rows.weight === null ? 1 : rows.weight[i]!;
    const y = rows.y[i]!;
    const fitted = fit.fitted[i]!;
    sums[2] = sums[2]! + w * (offset === null ? 0.5 * (fitted - y) ** 2 : logLoss(fit.intercept + offset[i]!, y));
    for (let j = 0; j < size; j++) gradient[j] = gradient[j]! + fit.residual[i]! * (rows.z[i * size + j]! - fit.centre[j]!);
    addOuter(packed, rows, i, fit.centre, rows.kind === 'linear' ? w : w * fitted * (1 - fitted));
  }
  return sums;
}

/**
 * The middle of the sandwich: Σ r² (z − z̄)(z − z̄)ᵀ, packed. Rows are independent; weights count as known.
 * Source: Huber 1967; White 1980.
 */
export function meatSums(rows: FitRows, coefficients: ArrayLike<number>): Float64Array {
  const packed = new Float64Array(packedLength(rows.size));
  const fit = siteFit(rows, coefficients);
  if (fit === null) return packed;
  for (let i = 0; i < rows.rows; i++) addOuter(packed, rows, i, fit.centre, fit.residual[i]! ** 2);
  return packed;
}

/** Adds factor · (z_i − centre)(z_i − centre)ᵀ. */
function addOuter(packed: Float64Array, { z, size }: FitRows, i: number, centre: Float64Array, factor: number): void {
  let at = 0;
  for (let j = 0; j < size; j++) {
    const left = factor * (z[i * size + j]! - centre[j]!);
    for (let k = j; k < size; k++, at++) packed[at] = packed[at]! + left * (z[i * size + k]! - centre[k]!);
  }
}

const logLoss = (logit: number, y: number): number => Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - y * logit;
