/**
 * Restricted cubic splines: cubic between the knots, straight outside them. The knots come from the summed histogram of the training
 * values, or from the plan, and are frozen; so are the mean and spread of each curved part, taken at the middles of the bins.
 * Rules: + − × ÷ √ only, because every site repeats it. Source: Harrell, "Regression Modeling Strategies", 2nd ed., 2.4.5 (basis) and 2.4.6 (knots).
 */
import type { Feature } from '../schema/index.ts';

/** Bins of a feature's histogram over its range. */
export const VALUE_BINS = 256;
const QUANTILES = [0.05, 0.35, 0.65, 0.95] as const;
/** Fewest knots of a curve; with fewer it is a straight line. */
const FEWEST_KNOTS = 3;

type NumberFeature = Extract<Feature, { readonly type: 'number' }>;
export type SplineFeature = NumberFeature & { readonly spline: true | readonly number[] };

export const isSpline = (feature: Feature): feature is SplineFeature =>
  feature.type === 'number' && feature.spline !== undefined && feature.spline !== false;

/** Columns a spline adds to the straight one, before any is left out. */
export function curvedParts(feature: Feature): number {
  if (!isSpline(feature)) return 0;
  return (feature.spline === true ? QUANTILES.length : feature.spline.length) - 2;
}

/** Bin of a value in the feature's range. */
export function valueBin([low, high]: readonly [number, number], value: number): number {
  return Math.min(VALUE_BINS - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * VALUE_BINS)));
}

/** Rising knots in the feature's unit; none where the values are too concentrated for a curve. @param bins - Summed counts. */
export function knotsOf(feature: SplineFeature, bins: readonly number[]): readonly number[] {
  if (feature.spline !== true) return feature.spline;
  const [low, high] = feature.range;
  const total = bins.reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) return [];
  const knots = QUANTILES.map((share) => {
    let below = 0;
    const wanted = share * total;
    const bin = bins.findIndex((count) => {
      if (below + count >= wanted) return true;
      below += count;
      return false;
    });
    const inside = (wanted - below) / bins[bin]!;
    return rounded(low + ((bin + inside) * (high - low)) / VALUE_BINS, high - low);
  });
  const rising = knots.filter((knot, index) => index === 0 || knot > knots[index - 1]!);
  return rising.length < FEWEST_KNOTS ? [] : rising;
}

/** To the largest power of ten that is at most a fiftieth of the range: whole years, tenths of a millimole. */
function rounded(value: number, range: number): number {
  let step = 1;
  while (step * 10 <= range / 50) step *= 10;
  let parts = 1;
  while (step === 1 && 1 / parts > range / 50) parts *= 10;
  return parts > 1 ? Math.round(value * parts) / parts : Math.round(value / step) * step;
}

/**
 * A curved part at a value.
 *
 * @param knots - Rising, k ≥ 3 of them.
 * @param part - From 0 to k − 3.
 * @returns In the unit of the value, as the squared distance of the outer knots is divided out.
 */
export function curveValue(knots: readonly number[], part: number, value: number): number {
  const k = knots.length;
  const [first, last, before, own] = [knots[0]!, knots[k - 1]!, knots[k - 2]!, knots[part]!];
  const cube = (at: number): number => (value > at ? (value - at) * (value - at) * (value - at) : 0);
  const bent = cube(own) - (cube(before) * (last - own)) / (last - before) + (cube(last) * (before - own)) / (last - before);
  return bent / ((last - first) * (last - first));
}

/** Mean and SD of a curved part over a histogram; zeros without values. */
export function curveMoments(feature: SplineFeature, knots: readonly number[], part: number, bins: readonly number[]) {
  const [low, high] = feature.range;
  const values = bins.map((_, bin) => curveValue(knots, part, low + ((bin + 0.5) * (high - low)) / VALUE_BINS));
  const total = bins.reduce((sum, count) => sum + count, 0);
  const mean = total > 0 ? bins.reduce((sum, count, bin) => sum + count * values[bin]!, 0) / total : 0;
  const squares = bins.reduce((sum, count, bin) => sum + count * (values[bin]! - mean) * (values[bin]! - mean), 0);
  return { mean, sd: total > 1 ? Math.sqrt(squares / (total - 1)) : 0 };
}
