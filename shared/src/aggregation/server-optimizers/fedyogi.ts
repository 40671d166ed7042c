/**
 * FedYogi: as FedAdam, but the squares move towards Δ² by at most (1 − β₂)Δ²: v ← v − (1 − β₂)Δ² sign(v − Δ²).
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", Algorithm 2 (FedYogi).
 */
import { adaptiveOptimizer } from './adaptive-step.ts';

export const fedYogi = adaptiveOptimizer('fedyogi', (before, update, beta2) => {
  const square = update * update;
  return before - (1 - beta2) * square * Math.sign(before - square);
});
