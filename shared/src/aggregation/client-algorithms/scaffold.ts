/**
 * SCAFFOLD: every site corrects its steps by the difference of the shared and its own control variate, c − cᵢ, so that sites with other
 * patients do not drift apart. After K steps of length η the site's own variate is cᵢ⁺ = cᵢ − c + (x − y) / (K η) (option II).
 *
 * Rules: cᵢ never leaves a site; the second vector is cᵢ⁺, masked as the update is, and the shared variate is the weighted mean of it
 * over the sites of the sum. With every site in every sum that is the paper's c + (1/N) Σ (cᵢ⁺ − cᵢ), and it heals where a site drops out or
 * reloads. A site that has kept nothing takes cᵢ = c: its steps are FedAvg's.
 * Source: Karimireddy et al. 2020, "SCAFFOLD: Stochastic Controlled Averaging for Federated Learning", Algorithm 1.
 */
import type { ClientAlgorithm } from './client-algorithm.ts';

export const scaffold: ClientAlgorithm = {
  kind: 'scaffold',
  vectors: 2,
  headerLength: 0,
  terms: ({ proximal, shared, own }) => ({ proximal, correction: shared === null ? null : shared.map((c, i) => c - (own?.[i] ?? c)) }),
  send: ({ trained, config, shared, own }) => {
    const { delta, steps } = trained;
    const scale = 1 / (Math.max(1, steps) * config.learningRate);
    const next = delta.map((value, i) => {
      const c = shared?.[i] ?? 0;
      return (own?.[i] ?? c) - c - value * scale;
    });
    return { vectors: [delta, next], header: [], own: next };
  },
  combine: (means) => {
    const [update, shared] = means;
    if (update === undefined || shared === undefined) throw new RangeError(`scaffold: expected two vectors, got ${means.length}`);
    return { update, shared };
  },
};
