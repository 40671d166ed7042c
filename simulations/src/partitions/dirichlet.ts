/**
 * Label skew: the patients of each class are divided among the sites in shares drawn from a Dirichlet distribution.
 * Source: Hsu, Qi and Brown 2019 (arXiv 1909.06335), per class; with `sigma`, the parameters are weighted by log-normal sizes.
 */
import type { Chance } from './chance.ts';
import { dealInOrder, wholeParts } from './deal.ts';
import { logNormalWeights } from './quantity.ts';

/**
 * @param labels - Class of each unit.
 * @param alpha - Parameter of every site; with `sigma` the mean over the sites.
 * @returns The site of each unit, shape (units,).
 */
export function assignDirichlet(labels: readonly string[], sites: number, alpha: number, sigma: number, chance: Chance): Int32Array {
  const assigned = new Int32Array(labels.length);
  const weights = sigma === 0 ? new Array<number>(sites).fill(1) : logNormalWeights(sites, sigma, chance);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / sites;
  const classes = [...new Set(labels)].sort();
  for (const name of classes) {
    const members = chance.shuffled(labels.flatMap((label, unit) => (label === name ? [unit] : [])));
    const shares = chance.dirichlet(weights.map((weight) => (alpha * weight) / mean));
    dealInOrder(members, wholeParts(shares, members.length), assigned);
  }
  return assigned;
}
