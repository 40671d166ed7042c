/** Adam with bias correction, β₁ = .9, β₂ = .999, ε = 1e-8. Source: Kingma and Ba 2015, Algorithm 1. */
import type { LocalOptimizer } from './local-optimizer.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

export const adam: LocalOptimizer = {
  kind: 'adam',
  start: (length, { learningRate }) => {
    const mean = new Float64Array(length);
    const squares = new Float64Array(length);
    let [power1, power2] = [1, 1];
    return (weights, gradient) => {
      power1 *= BETA_1;
      power2 *= BETA_2;
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        mean[i] = BETA_1 * mean[i]! + (1 - BETA_1) * g;
        squares[i] = BETA_2 * squares[i]! + (1 - BETA_2) * g * g;
        weights[i] = weights[i]! - (learningRate * (mean[i]! / (1 - power1))) / (Math.sqrt(squares[i]! / (1 - power2)) + EPSILON);
      }
    };
  },
};
