/**
 * FedAvgM: the server keeps a velocity, v ← β₁v + Δ, and the weights move by the server learning rate times it.
 * Source: Hsu, Qi and Brown 2019, "Measuring the Effects of Non-Identical Data Distribution for Federated Visual Classification", §4.3.
 */
import { expectLength, type ServerOptimizer } from './server-optimizer.ts';

const BETA_1 = 0.9;

export const fedAvgM: ServerOptimizer = {
  kind: 'fedavgm',
  init: (length) => ({ kind: 'fedavgm', moments: [new Float64Array(length)] }),
  step: (state, weights, meanUpdate, { learningRate, beta1 = BETA_1 }) => {
    expectLength('fedAvgM mean update', weights.length, meanUpdate);
    const before = expectLength('fedAvgM velocity', weights.length, state.moments[0]);
    const velocity = before.map((value, i) => beta1 * value + meanUpdate[i]!);
    return {
      state: { kind: 'fedavgm', moments: [velocity] },
      weights: weights.map((value, i) => value + learningRate * velocity[i]!),
    };
  },
};
