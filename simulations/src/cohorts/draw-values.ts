/** The values of one patient of a cohort: correlated through one hidden number, rounded and kept plausible as in a file. */
import type { CohortFeature } from './cohort-schema.ts';

/** @param uniform - Next number of a stream in [0, 1). Box and Muller 1958. */
export const normalFrom = (uniform: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/**
 * @param own - The hospital's own mean of each feature, in standard deviations.
 * @param together - Share of the variance that the features have in common.
 */
export function drawValues(features: readonly CohortFeature[], own: readonly number[], together: number, normal: () => number): number[] {
  const hidden = normal();
  return features.map((feature, at) => {
    const score = (own[at] ?? 0) + Math.sqrt(together) * hidden + Math.sqrt(1 - together) * normal();
    if (feature.type === 'number') return number(feature, score);
    const shares = feature.type === 'binary' ? [1 - feature.share, feature.share] : feature.shares;
    const place = normalShare(score);
    let below = 0;
    return Math.max(
      0,
      shares.findIndex((share, code) => {
        below += share;
        return place < below || code === shares.length - 1;
      }),
    );
  });
}

function number(feature: Extract<CohortFeature, { type: 'number' }>, score: number): number {
  const { mean, sd, isLogNormal, range, digits } = feature;
  const spread = Math.sqrt(Math.log(1 + (sd / mean) ** 2));
  const value = isLogNormal ? Math.exp(Math.log(mean) - spread ** 2 / 2 + spread * score) : mean + sd * score;
  return Math.min(range[1], Math.max(range[0], Number(value.toFixed(digits))));
}

/** Share of a standard normal below a value, ± 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normalShare(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-(value ** 2) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return value >= 0 ? 1 - tail : tail;
}
