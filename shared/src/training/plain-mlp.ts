/**
 * Local training of the network on plain typed arrays, in float64: the oracle of the other backends, and often the fastest for small nets.
 * Source: Rumelhart, Hinton and Williams 1986; the loss is the mean cross-entropy of a batch.
 */
import { type MlpLayer, type MlpShape, mlpLayers, mlpLength, type Rows, sigmoid } from '../models/index.ts';
import { eachBatch, updateFrom } from './batches.ts';
import { kernelGradient } from './kernel-mlp.ts';
import type { LocalTask, LocalUpdate } from './local-task.ts';

/**
 * Trains on this thread.
 *
 * @throws TrainingError `diverged` when a weight became infinite or undefined.
 * @throws RangeError when weights, rows or configuration do not fit.
 */
export async function trainPlain(task: LocalTask): Promise<LocalUpdate> {
  expectTask(task);
  const { learningRate } = task.config;
  const weights = Float64Array.from(task.weights);
  const gradientOf = kernelGradient(task.shape, task.rows) ?? mlpGradient(task.shape, task.rows);
  const steps = await eachBatch(task, (batch) => {
    const gradient = gradientOf(weights, batch);
    for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - learningRate * gradient[i]!;
  });
  return updateFrom(task.weights, weights, task.rows.rows, steps);
}

/** @throws RangeError when the weights or the columns do not fit the shape. */
export function expectTask({ shape, weights, rows }: Pick<LocalTask, 'shape' | 'weights' | 'rows'>): void {
  if (weights.length !== mlpLength(shape))
    throw new RangeError(`local training: expected ${mlpLength(shape)} weights, got ${weights.length}`);
  if (rows.width !== shape.inputs) throw new RangeError(`local training: expected ${shape.inputs} columns, got ${rows.width}`);
}

/**
 * A function that gives the gradient of the mean cross-entropy over some rows.
 *
 * @returns (weights, batch of row numbers) → gradient, shape (mlpLength(shape),); the same array is filled again by the next call.
 */
export function mlpGradient(shape: MlpShape, rows: Rows): (weights: Float64Array, batch: Uint32Array) => Float64Array {
  const layers = mlpLayers(shape);
  const activations = [shape.inputs, ...shape.hidden, 1].map((units) => new Float64Array(units));
  const errors = activations.map((units) => new Float64Array(units.length));
  const gradient = new Float64Array(mlpLength(shape));
  return (weights, batch) => {
    gradient.fill(0);
    const share = 1 / batch.length;
    for (const row of batch) {
      activations[0]!.set(rows.x.subarray(row * rows.width, (row + 1) * rows.width));
      for (const [l, layer] of layers.entries()) forward(layer, weights, activations[l]!, activations[l + 1]!, l < layers.length - 1);
      errors[layers.length]![0] = (sigmoid(activations[layers.length]![0]!) - rows.y[row]!) * share;
      for (let l = layers.length - 1; l >= 0; l--) {
        backward(layers[l]!, weights, activations[l]!, errors[l + 1]!, gradient, l > 0 ? errors[l]! : null);
      }
    }
    return gradient;
  };
}

function forward(layer: MlpLayer, weights: Float64Array, input: Float64Array, output: Float64Array, isRectified: boolean): void {
  const { inputs, outputs, kernelStart, biasStart } = layer;
  for (let k = 0; k < outputs; k++) output[k] = weights[biasStart + k]!;
  for (let j = 0; j < inputs; j++) {
    const value = input[j]!;
    if (value === 0) continue;
    const from = kernelStart + j * outputs;
    for (let k = 0; k < outputs; k++) output[k] = output[k]! + value * weights[from + k]!;
  }
  if (!isRectified) return;
  for (let k = 0; k < outputs; k++) if (output[k]! < 0) output[k] = 0;
}

/** Adds the layer's part of the gradient and, if asked, writes the error at its input (zero where the unit below was off). */
function backward(
  layer: MlpLayer,
  weights: Float64Array,
  input: Float64Array,
  error: Float64Array,
  gradient: Float64Array,
  inputError: Float64Array | null,
): void {
  const { inputs, outputs, kernelStart, biasStart } = layer;
  for (let k = 0; k < outputs; k++) gradient[biasStart + k] = gradient[biasStart + k]! + error[k]!;
  for (let j = 0; j < inputs; j++) {
    const value = input[j]!;
    if (inputError !== null) inputError[j] = 0;
    if (value === 0) continue;
    const from = kernelStart + j * outputs;
    let sum = 0;
    for (let k = 0; k < outputs; k++) {
      gradient[from + k] = gradient[from + k]! + value * error[k]!;
      sum += weights[from + k]! * error[k]!;
    }
    if (inputError !== null) inputError[j] = sum;
  }
}
