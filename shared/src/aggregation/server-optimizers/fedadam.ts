/**
 * FedAdam: Adam at the server, with the mean update in the place of the negative gradient: v ← β₂v + (1 − β₂)Δ².
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", Algorithm 2 (FedAdam).
 */
import { adaptiveOptimizer } from './adaptive-step.ts';

export const fedAdam = adaptiveOptimizer('fedadam', (before, update, beta2) => beta2 * before + (1 - beta2) * update * update);
