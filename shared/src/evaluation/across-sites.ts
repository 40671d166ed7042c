/**
 * One figure over hospitals that differ: the mean with the interval of Hartung, Knapp, Sidik and Jonkman, and where a new hospital's own
 * figure would lie. From sums only, in two passes, and only with five informative hospitals or more (learning.md §6).
 * Source: DerSimonian and Laird 1986 (τ²); Hartung and Knapp 2001; Higgins, Thompson and Spiegelhalter 2009 (prediction interval).
 */
import { studentQuantile } from '../training/index.ts';

/** Fewest informative sites. */
export const FEWEST_SITES = 5;
/** Entries of one figure's two passes. */
export const FIRST_PASS_LENGTH = 5;
export const SECOND_PASS_LENGTH = 4;

/** A site's figure θ and its variance: logit AUROC, log O:E, or a calibration slope. */
export interface SiteFigure {
  readonly value: number;
  readonly variance: number;
}

/** First pass, summed over sites with w = 1 / variance: [sites, w, w², wθ, wθ²]. Zeros for a site without a figure. */
export function firstPass(figure: SiteFigure | null): Float64Array {
  if (!isUsable(figure)) return new Float64Array(5);
  const w = 1 / figure.variance;
  return Float64Array.of(1, w, w * w, w * figure.value, w * figure.value * figure.value);
}

/** Between-hospital variance from the summed first pass; null with fewer than five sites. */
export function betweenVariance([sites = 0, w = 0, ww = 0, wt = 0, wtt = 0]: ArrayLike<number> & Iterable<number>): number | null {
  if (Math.round(sites) < FEWEST_SITES || !(w > 0)) return null;
  const spread = wtt - (wt * wt) / w;
  const scale = w - ww / w;
  return scale > 0 ? Math.max(0, (spread - (Math.round(sites) - 1)) / scale) : 0;
}

/** Second pass with w* = 1 / (variance + τ²): [sites, w*, w*θ, w*θ²]. */
export function secondPass(figure: SiteFigure | null, between: number): Float64Array {
  if (!isUsable(figure)) return new Float64Array(4);
  const w = 1 / (figure.variance + between);
  return Float64Array.of(1, w, w * figure.value, w * figure.value * figure.value);
}

export interface AcrossSites {
  readonly sites: number;
  readonly mean: number;
  /** 95 %, t with sites − 1. */
  readonly interval: readonly [number, number];
  /** Where a new hospital's figure lies in 95 %, t with sites − 2. */
  readonly prediction: readonly [number, number];
  readonly between: number;
}

/** Reads both passes; null with fewer than five sites. */
export function readAcrossSites(second: ArrayLike<number> & Iterable<number>, between: number): AcrossSites | null {
  const [count = 0, w = 0, wt = 0, wtt = 0] = second;
  const sites = Math.round(count);
  if (sites < FEWEST_SITES || !(w > 0)) return null;
  const mean = wt / w;
  const variance = Math.max(0, wtt - (wt * wt) / w) / ((sites - 1) * w);
  const margin = studentQuantile(0.975, sites - 1) * Math.sqrt(variance);
  const wide = studentQuantile(0.975, sites - 2) * Math.sqrt(between + variance);
  return { sites, mean, interval: [mean - margin, mean + margin], prediction: [mean - wide, mean + wide], between };
}

const isUsable = (figure: SiteFigure | null): figure is SiteFigure =>
  figure !== null && Number.isFinite(figure.value) && figure.variance > 0 && Number.isFinite(figure.variance);
