/**
 * A network whose outputs are `slope · output + offset` of another's: a recalibration that leaves nothing to remember, because the last layer
 * is linear. Rule: + and × only, because every site repeats it.
 */
import { type NetworkShape, networkOf } from './network-of.ts';

/** @param offsets - One for each output. @returns New flat weights. */
export function rescaleOutputs(shape: NetworkShape, weights: Float64Array, slope: number, offsets: readonly number[]): Float64Array {
  const rescaled = Float64Array.from(weights);
  let at = 0;
  for (const { length, shape: dimensions, part } of networkOf(shape).tensors) {
    if (part === 'head') {
      const isBias = dimensions.length === 1;
      for (let i = 0; i < length; i++) rescaled[at + i] = slope * weights[at + i]! + (isBias ? offsets[i]! : 0);
    }
    at += length;
  }
  return rescaled;
}
