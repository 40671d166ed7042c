/**
 * FedAdam: Adam at the server, with the mean update in the place of the negative gradient, no bias correction, and the mean of squares
 * starting at τ².
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", Algorithm 2 (FedAdam).
 */
import { expectLength, type ServerOptimizer } from './server-optimizer.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.99;
const TAU = 1e-3;

export const fedAdam: ServerOptimizer = {
  kind: 'fedadam',
  init: (length, { tau = TAU }) => ({ kind: 'fedadam', moments: [new Float64Array(length), new Float64Array(length).fill(tau * tau)] }),
  step: (state, weights, meanUpdate, { learningRate, beta1 = BETA_1, beta2 = BETA_2, tau = TAU }) => {
    expectLength('fedAdam mean update', weights.length, meanUpdate);
    const before = expectLength('fedAdam first moment', weights.length, state.moments[0]);
    const squaresBefore = expectLength('fedAdam second moment', weights.length, state.moments[1]);
    const mean = before.map((value, i) => beta1 * value + (1 - beta1) * meanUpdate[i]!);
    const squares = squaresBefore.map((value, i) => beta2 * value + (1 - beta2) * meanUpdate[i]! * meanUpdate[i]!);
    return {
      state: { kind: 'fedadam', moments: [mean, squares] },
      weights: weights.map((value, i) => value + (learningRate * mean[i]!) / (Math.sqrt(squares[i]!) + tau)),
    };
  },
};
