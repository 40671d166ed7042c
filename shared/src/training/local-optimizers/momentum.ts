/** Gradient descent with a velocity: v ← ρv + g, w ← w − ηv. Source: Polyak 1964, in the form of Sutskever et al. 2013. */
import type { LocalOptimizer } from './local-optimizer.ts';

const RHO = 0.9;

export const momentum: LocalOptimizer = {
  kind: 'momentum',
  start: (length, { learningRate, momentum: rho = RHO }) => {
    const velocity = new Float64Array(length);
    return (weights, gradient) => {
      for (let i = 0; i < weights.length; i++) {
        velocity[i] = rho * velocity[i]! + gradient[i]!;
        weights[i] = weights[i]! - learningRate * velocity[i]!;
      }
    };
  },
};
