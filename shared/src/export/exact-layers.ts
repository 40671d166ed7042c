/** An exact fit as one dense layer whose outputs are what the answer says of them. */
import type { NewtonState } from '../training/index.ts';
import type { ModelLayer } from './released-model.ts';

const dense = (inputs: number, bias: readonly number[], kernel: readonly number[]): ModelLayer => ({
  inputs,
  outputs: bias.length,
  kernel,
  bias,
  norm: null,
  activation: 'none',
});

/** The log odds, or any other single predictor: intercept first, then a slope a column. */
export function predictorLayer({ coefficients }: NewtonState): ModelLayer {
  const [intercept = 0, ...kernel] = coefficients;
  return dense(kernel.length, [intercept], kernel);
}

/** The same in the outcome's own unit. */
export function scaledLayer(layer: ModelLayer, mean: number, sd: number): ModelLayer {
  return { ...layer, kernel: layer.kernel.map((value) => value * sd), bias: layer.bias.map((value) => mean + value * sd) };
}

/** One output a class; the reference class's is 0. Parameters: an intercept a further class, then the slopes class by class. */
export function classesLayer({ coefficients }: NewtonState, classes: number): ModelLayer {
  const others = classes - 1;
  const inputs = coefficients.length / others - 1;
  const bias = [0, ...coefficients.slice(0, others)];
  const kernel = Array.from({ length: inputs * classes }, (_, at) => {
    const [input, output] = [Math.floor(at / classes), at % classes];
    return output === 0 ? 0 : coefficients[others + (output - 1) * inputs + input]!;
  });
  return dense(inputs, bias, kernel);
}

/** One output an interval: its own intercept, and the same slopes in all. @param own - The hospital's own intercept; 0 for none. */
export function hazardLayer({ coefficients }: NewtonState, intervals: number, own = 0): ModelLayer {
  const bias = coefficients.slice(0, intervals).map((value) => value + own);
  const slopes = coefficients.slice(intervals);
  return dense(
    slopes.length,
    bias,
    slopes.flatMap((slope) => bias.map(() => slope)),
  );
}
