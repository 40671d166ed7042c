/** From a propensity to a weight. Source: Rosenbaum and Rubin 1983; Li, Morgan and Zaslavsky 2018 for overlap weights. */
import { type Estimand, PROPENSITY_LIMITS } from './effect-settings.ts';

/** A propensity cut to the limits. */
export const clipPropensity = (e: number): number => Math.min(PROPENSITY_LIMITS[1], Math.max(PROPENSITY_LIMITS[0], e));

/** Whether a propensity lies where both arms occur. */
export const hasOverlap = (e: number): boolean => e >= PROPENSITY_LIMITS[0] && e <= PROPENSITY_LIMITS[1];

/**
 * Weight of a patient.
 *
 * @param propensity - P(treated), in (0, 1); cut to the limits here.
 * @param arm - 1 treated, 0 comparator.
 * @example treatmentWeight('average', 0.25, 1) // 4
 */
export function treatmentWeight(estimand: Estimand, propensity: number, arm: number): number {
  const e = clipPropensity(propensity);
  switch (estimand) {
    case 'average':
      return arm === 1 ? 1 / e : 1 / (1 - e);
    case 'treated':
      return arm === 1 ? 1 : e / (1 - e);
    case 'overlap':
      return arm === 1 ? 1 - e : e;
  }
}
