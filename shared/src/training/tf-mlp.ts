/**
 * Local training of the network on TensorFlow.js: the same batches, order and formulas as the plain loop, in float32.
 *
 * Rules: the backward pass is written out, which spares the tape; the last batch is padded with rows of weight 0, so shapes never change
 * and WebGL compiles each program once; every tensor made here is disposed here.
 */
import type * as Tf from '@tensorflow/tfjs';
import { type MlpShape, mlpLayers } from '../models/index.ts';
import { eachBatch, updateFrom } from './batches.ts';
import type { LocalTask, LocalUpdate } from './local-task.ts';
import { expectTask, isBare } from './train-plain.ts';

/** A type alias, because only those fit the library's tensor containers. */
type Layer = { kernel: Tf.Tensor2D; bias: Tf.Tensor1D };

/** A task this file can train. */
type FusedTask = LocalTask & { readonly shape: MlpShape };

/** Whether a task is what this file writes out: dense layers, one logit, plain descent, nothing added to the gradient. */
export function isFused(task: LocalTask): task is FusedTask {
  const { shape, loss, config, correction, frozen } = task;
  const isPlainStep = (config.optimizer ?? 'sgd') === 'sgd' && !config.weightDecay && !config.proximal && !correction && !frozen;
  return isBare(shape, loss) && isPlainStep;
}

/**
 * Trains on the backend that is set in `tf`; the caller keeps it set until the promise settles.
 *
 * @throws TrainingError `diverged` when a weight became infinite or undefined.
 * @throws RangeError when weights, rows or configuration do not fit.
 */
export async function trainWithTensors(tf: typeof Tf, task: FusedTask): Promise<LocalUpdate> {
  expectTask(task);
  const before = Float64Array.from(task.weights, Math.fround);
  const fill = batchFiller(task);
  let layers = layersFrom(tf, task);
  try {
    const steps = await eachBatch(task, (batch) => {
      const { x, y, share, length } = fill(batch);
      const next = tf.tidy(() => {
        const inputs = tf.tensor2d(x, [length, task.shape.inputs]);
        return step(tf, layers, inputs, tf.tensor2d(y, [length, 1]), tf.tensor2d(share, [length, 1]), task.config.learningRate);
      });
      dispose(layers);
      layers = next;
    });
    const after = new Float64Array(before.length);
    for (const [l, place] of mlpLayers(task.shape).entries()) {
      after.set(await layers[l]!.kernel.data(), place.kernelStart);
      after.set(await layers[l]!.bias.data(), place.biasStart);
    }
    return updateFrom(before, after, task.rows.rows, steps);
  } finally {
    dispose(layers);
  }
}

/** One step of gradient descent; returns the new layers. Runs inside a tidy. */
function step(tf: typeof Tf, layers: readonly Layer[], x: Tf.Tensor2D, y: Tf.Tensor2D, share: Tf.Tensor2D, learningRate: number): Layer[] {
  const inputs: Tf.Tensor2D[] = [x];
  for (const [l, { kernel, bias }] of layers.entries()) {
    const sum = tf.add<Tf.Tensor2D>(tf.matMul(inputs[l]!, kernel), bias);
    inputs.push(l < layers.length - 1 ? tf.relu(sum) : sum);
  }
  let error = tf.mul<Tf.Tensor2D>(tf.sub(tf.sigmoid(inputs[layers.length]!), y), share);
  const next: Layer[] = [];
  for (let l = layers.length - 1; l >= 0; l--) {
    const { kernel, bias } = layers[l]!;
    const kernelGradient = tf.matMul(inputs[l]!, error, true, false);
    const biasGradient = tf.sum<Tf.Tensor1D>(error, 0);
    if (l > 0) error = tf.mul<Tf.Tensor2D>(tf.matMul(error, kernel, false, true), tf.step(inputs[l]!));
    next.unshift({
      kernel: tf.sub<Tf.Tensor2D>(kernel, tf.mul(kernelGradient, learningRate)),
      bias: tf.sub<Tf.Tensor1D>(bias, tf.mul(biasGradient, learningRate)),
    });
  }
  return next;
}

function layersFrom(tf: typeof Tf, task: FusedTask): Layer[] {
  return mlpLayers(task.shape).map(({ inputs, outputs, kernelStart, biasStart }) => ({
    kernel: tf.tensor2d(Float32Array.from(task.weights.subarray(kernelStart, biasStart)), [inputs, outputs]),
    bias: tf.tensor1d(Float32Array.from(task.weights.subarray(biasStart, biasStart + outputs))),
  }));
}

function dispose(layers: readonly Layer[]): void {
  for (const { kernel, bias } of layers) {
    kernel.dispose();
    bias.dispose();
  }
}

/** Copies a batch's rows into fresh arrays of one fixed length (tensors may keep the memory they are given); padding has share 0. */
function batchFiller({ rows, config }: LocalTask) {
  const length = Math.max(1, Math.min(config.batchSize, rows.rows));
  return (batch: Uint32Array) => {
    const x = new Float32Array(length * rows.width);
    const y = new Float32Array(length);
    const share = new Float32Array(length);
    for (const [at, row] of batch.entries()) {
      x.set(rows.x.subarray(row * rows.width, (row + 1) * rows.width), at * rows.width);
      y[at] = rows.y[row]!;
      share[at] = 1 / batch.length;
    }
    return { x, y, share, length };
  };
}
