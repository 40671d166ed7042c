/** The parts of design columns in an answer, added up by the feature they came from. */
import type { ForecastReason } from './forecast.ts';

/** @returns Largest first; features without a part in it are left out. @param featureOf - Of each column, shape of `parts`. */
export function featureReasons(featureOf: readonly string[], parts: ArrayLike<number>): ForecastReason[] {
  const byFeature = new Map<string, number>();
  featureOf.forEach((feature, j) => {
    byFeature.set(feature, (byFeature.get(feature) ?? 0) + parts[j]!);
  });
  return [...byFeature]
    .map(([feature, contribution]): ForecastReason => ({ feature, contribution }))
    .filter(({ contribution }) => Math.abs(contribution) > 1e-9)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

/** The likeliest class and the next one: between these two an answer's reasons decide. */
export function likeliestTwo(probabilities: ArrayLike<number>): readonly [number, number] {
  const [first = 0, second = 0] = Array.from(probabilities, (_, k) => k).sort((a, b) => probabilities[b]! - probabilities[a]!);
  return [first, second];
}
