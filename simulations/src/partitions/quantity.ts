/** Size skew: a site's share of all patients is log-normal; which patients it gets is chance. */
import type { Chance } from './chance.ts';
import { dealInOrder, wholeParts } from './deal.ts';

/** Weights with the given spread of their logarithms, shape (sites,). */
export const logNormalWeights = (sites: number, sigma: number, chance: Chance): number[] =>
  Array.from({ length: sites }, () => Math.exp(sigma * chance.normal()));

/** @returns The site of each unit, shape (units,). */
export function assignQuantity(units: number, sites: number, sigma: number, chance: Chance): Int32Array {
  const assigned = new Int32Array(units);
  const order = chance.shuffled(Array.from({ length: units }, (_, unit) => unit));
  dealInOrder(order, wholeParts(logNormalWeights(sites, sigma, chance), units), assigned);
  return assigned;
}
