/**
 * FedAdagrad: the squares of the updates add up and never fade, so steps shrink: v ← v + Δ².
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", Algorithm 2 (FedAdagrad).
 */
import { adaptiveOptimizer } from './adaptive-step.ts';

export const fedAdagrad = adaptiveOptimizer('fedadagrad', (before, update) => before + update * update);
