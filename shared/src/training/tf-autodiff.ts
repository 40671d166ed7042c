/**
 * Local training of any network on a TensorFlow.js backend by automatic differentiation. Gradients are computed there in float32; penalties
 * and the optimizer are those of the plain loop, so the steps are the same to float32.
 */
import type * as Tf from '@tensorflow/tfjs';
import { networkOf } from '../models/index.ts';
import { eachBatch, updateFrom } from './batches.ts';
import { LOCAL_OPTIMIZERS } from './local-optimizers/list.ts';
import type { LocalTask, LocalUpdate } from './local-task.ts';
import { tensorForward, tensorLoss } from './tf-forward.ts';
import { expectTask, type GradientOf, gradientTerms } from './train-plain.ts';

/**
 * Trains on the backend that is set in `tf`; the caller keeps it set until the promise settles.
 *
 * @throws TrainingError `diverged` when a weight became infinite or undefined.
 * @throws RangeError when weights, rows or configuration do not fit.
 */
export async function trainByAutodiff(tf: typeof Tf, task: LocalTask): Promise<LocalUpdate> {
  expectTask(task);
  const weights = Float64Array.from(task.weights);
  const gradientOf = tensorGradient(tf, task);
  const addTerms = gradientTerms(task);
  const move = LOCAL_OPTIMIZERS[task.config.optimizer ?? 'sgd'].start(weights.length, task.config);
  const steps = await eachBatch(task, (batch) => {
    const gradient = gradientOf(weights, batch);
    addTerms?.(weights, gradient);
    move(weights, gradient);
  });
  if (steps > 0) networkOf(task.shape).settle?.(weights, task.rows.x, task.rows.rows);
  return updateFrom(task.weights, weights, task.rows.rows, steps);
}

/** The gradient of the mean loss over a batch, by automatic differentiation on the backend that is set. */
export function tensorGradient(tf: typeof Tf, task: Pick<LocalTask, 'shape' | 'loss' | 'rows' | 'uniform'>): GradientOf {
  const { shape, loss = { kind: 'binary' }, rows, uniform } = task;
  const { tensors, length } = networkOf(shape);
  const gradient = new Float64Array(length);
  return (weights, batch) => {
    const found = tf.tidy(() => {
      let at = 0;
      const parts = tensors.map((tensor) => {
        at += tensor.length;
        return tf.tensor(Float32Array.from(weights.subarray(at - tensor.length, at)), [...tensor.shape]);
      });
      const x = new Float32Array(batch.length * rows.width);
      for (const [i, row] of batch.entries()) x.set(rows.x.subarray(row * rows.width, (row + 1) * rows.width), i * rows.width);
      const inputs = tf.tensor2d(x, [batch.length, rows.width]);
      const lossOf = (...given: Tf.Tensor[]): Tf.Tensor =>
        tensorLoss(tf, loss, tensorForward(tf, shape, given, inputs, uniform), rows, batch);
      return gradients(tf, lossOf, parts).map((part) => part.dataSync());
    });
    let at = 0;
    for (const [i, part] of found.entries()) {
      gradient.set(part, at);
      at += tensors[i]!.length;
    }
    return gradient;
  };
}

/** As `tf.grads`, with zeros where the loss does not depend on a tensor (a batch normalisation's statistics). */
function gradients(tf: typeof Tf, lossOf: (...parts: Tf.Tensor[]) => Tf.Tensor, parts: readonly Tf.Tensor[]): Tf.Tensor[] {
  return tf.grads((...given: Tf.Tensor[]) => {
    const unused = tf.addN(given.map((part) => tf.mul(0, tf.sum(part))));
    return tf.add(lossOf(...given), unused);
  })([...parts]);
}
