/**
 * FedNova: a site that takes more steps does not count more. Every site sends its update divided by its own effective steps ‖aᵢ‖₁; the mean
 * of those is stretched by the mean of the effective steps, τ = Σ pᵢ ‖aᵢ‖₁.
 *
 * Rules: for plain descent ‖aᵢ‖₁ is the number of steps, with momentum ρ it is (τ − ρ(1 − ρ^τ)/(1 − ρ)) / (1 − ρ), with a proximal term of
 * strength α = ημ it is (1 − (1 − α)^τ) / α. How many steps a site took tells its number of rows, so outside `localSteps` the header holds
 * it rounded to a power of √2, as weights are; any τ is allowed, it is a step length.
 * Source: Wang et al. 2020, "Tackling the Objective Inconsistency Problem in Heterogeneous Federated Optimization", §4.
 */
import type { LocalConfig } from '../../training/index.ts';
import { type ClientAlgorithm, onlyVector } from './client-algorithm.ts';

export const fedNova: ClientAlgorithm = {
  kind: 'fednova',
  vectors: 1,
  headerLength: 1,
  terms: ({ proximal }) => ({ proximal, correction: null }),
  send: ({ trained, config }) => {
    const { delta, steps } = trained;
    if (steps === 0) return { vectors: [delta], header: [0], own: null };
    const effective = effectiveSteps(config, steps);
    return {
      vectors: [delta.map((value) => value / effective)],
      header: [config.localSteps === undefined ? 2 ** (Math.round(2 * Math.log2(effective)) / 2) : effective],
      own: null,
    };
  },
  combine: (means, header) => {
    const [tau = 0] = header;
    return { update: onlyVector(means).map((value) => value * tau), shared: null };
  },
};

/**
 * ‖aᵢ‖₁: how many plain steps of one gradient the site's steps were worth.
 *
 * @param steps - Local steps taken, at least 1.
 */
export function effectiveSteps({ optimizer, momentum, learningRate, proximal }: LocalConfig, steps: number): number {
  if (optimizer === 'momentum') {
    const rho = momentum ?? 0;
    return (steps - (rho * (1 - rho ** steps)) / (1 - rho)) / (1 - rho);
  }
  const alpha = learningRate * (proximal ?? 0);
  return alpha > 0 ? (1 - (1 - alpha) ** steps) / alpha : steps;
}
