/**
 * From the logarithm of an expected number to the number, in layers that TensorFlow.js has. There is no exponential among them, but below 0 an
 * `elu` is one, less 1: so the logarithm is taken from the most that is told downwards, in eighths, and the eighth power is three squares.
 */
import type { ModelLayer } from './released-model.ts';
import { type Built, denseLayer } from './tfjs-parts.ts';

/** A power of two. In float32 an eighth keeps the relative error of small numbers near that of the exponential itself. */
const PARTS = 8;

/** @param most - The largest number that is told. */
export function countLayers({ inputs, kernel, bias }: ModelLayer, most: number): Built {
  const top = Math.log(most);
  const square = (name: string, before: string) => ({
    class_name: 'Multiply',
    config: { name, trainable: false },
    after: [before, before],
  });
  return {
    layers: [
      // (top − η) / 8, no less than 0.
      denseLayer('below', 1, 'relu'),
      denseLayer('root', 1, 'elu'),
      denseLayer('scaled', 1, 'linear'),
      square('second', 'scaled'),
      square('fourth', 'second'),
      square('expected', 'fourth'),
    ],
    weights: [
      { name: 'below/kernel', shape: [inputs, 1], values: kernel.map((value) => -value / PARTS) },
      { name: 'below/bias', shape: [1], values: [(top - bias[0]!) / PARTS] },
      { name: 'root/kernel', shape: [1, 1], values: [-1] },
      { name: 'root/bias', shape: [1], values: [0] },
      { name: 'scaled/kernel', shape: [1, 1], values: [Math.exp(top / PARTS)] },
      { name: 'scaled/bias', shape: [1], values: [Math.exp(top / PARTS)] },
    ],
  };
}
