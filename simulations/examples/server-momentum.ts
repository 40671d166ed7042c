/**
 * An own algorithm: sites take plain gradient steps; the server remembers the direction it moved in (heavy-ball momentum).
 * Source: Hsu, Qi and Brown 2019, "Measuring the Effects of Non-Identical Data Distribution for Federated Visual Classification".
 */
import type { Algorithm } from '@consilium/simulations';

const MOMENTUM = 0.7;

export const algorithm: Algorithm = {
  name: 'server momentum',

  train({ weights, rows, settings, gradient, uniform }) {
    const after = weights.slice();
    for (let epoch = 0; epoch < settings.localEpochs; epoch++) {
      const order = shuffled(rows.rows, uniform);
      for (let at = 0; at < rows.rows; at += settings.batchSize) {
        const direction = gradient(after, order.subarray(at, at + settings.batchSize));
        for (let i = 0; i < after.length; i++) after[i] = after[i]! - settings.learningRate * direction[i]!;
      }
    }
    return { update: after.map((value, i) => value - weights[i]!) };
  },

  step({ weights, mean, state: [before] }) {
    const velocity = mean.map((value, i) => MOMENTUM * (before?.[i] ?? 0) + value);
    return { weights: weights.map((value, i) => value + velocity[i]!), state: [velocity] };
  },
};

/** A random order of 0 … count − 1 (Fisher and Yates). */
function shuffled(count: number, uniform: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
