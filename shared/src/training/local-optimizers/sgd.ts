/** Plain gradient descent: w ← w − ηg. */
import type { LocalOptimizer } from './local-optimizer.ts';

export const sgd: LocalOptimizer = {
  kind: 'sgd',
  start:
    (_length, { learningRate }) =>
    (weights, gradient) => {
      for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - learningRate * gradient[i]!;
    },
};
