/** The statistics a batch normalisation predicts with: mean and variance of its layer's sums over a site's training rows. */
import { denseForward } from './dense.ts';
import { type MlpShape, mlpLayers } from './mlp-shape.ts';
import { NORM_EPSILON } from './normalise.ts';

/**
 * Writes the mean and variance of every normalised layer, layer by layer, into the flat weights. A site without rows keeps what is there.
 *
 * @param x - Row-major, shape (rows, inputs).
 */
export function measureBatchNorm(shape: MlpShape, weights: Float64Array, x: Float64Array, rows: number): void {
  if (rows === 0) return;
  let input = x;
  for (const layer of mlpLayers(shape)) {
    const { outputs, normStart } = layer;
    if (normStart === null) return;
    const output = new Float64Array(rows * outputs);
    denseForward(layer, weights, input, output, rows);
    for (let k = 0; k < outputs; k++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += output[row * outputs + k]!;
      const mean = sum / rows;
      let squares = 0;
      for (let row = 0; row < rows; row++) squares += (output[row * outputs + k]! - mean) ** 2;
      const variance = squares / rows;
      weights[normStart + 2 * outputs + k] = mean;
      weights[normStart + 3 * outputs + k] = variance;
      const factor = weights[normStart + k]! / Math.sqrt(variance + NORM_EPSILON);
      for (let row = 0; row < rows; row++) {
        const at = row * outputs + k;
        output[at] = Math.max(0, (output[at]! - mean) * factor + weights[normStart + outputs + k]!);
      }
    }
    input = output;
  }
}
