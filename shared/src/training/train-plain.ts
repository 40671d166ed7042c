/**
 * Local training on plain typed arrays, in float64: the oracle of the other backends, and the fastest for small networks.
 * The loss of a step is the mean over its batch, plus the penalties of the configuration.
 */
import { type LossSpec, lossOf, type MlpShape, type NetworkShape, networkOf, type Rows } from '../models/index.ts';
import { batches, eachBatch, updateFrom } from './batches.ts';
import { kernelGradient } from './kernel-mlp.ts';
import { LOCAL_OPTIMIZERS } from './local-optimizers/list.ts';
import type { LocalTask, LocalUpdate } from './local-task.ts';

/** The gradient of the mean loss over some rows; the same array is filled again by the next call. */
export type GradientOf = (weights: Float64Array, batch: Uint32Array) => Float64Array;

/**
 * Trains on this thread.
 *
 * @throws TrainingError `diverged` when a weight became infinite or undefined.
 * @throws RangeError when weights, rows or configuration do not fit.
 */
export async function trainPlain(task: LocalTask): Promise<LocalUpdate> {
  const { weights, step } = startPlain(task);
  const steps = await eachBatch(task, step);
  return endPlain(task, weights, steps);
}

/**
 * As `trainPlain`, at once and without reports: for the small trainings of a site's own adaptation.
 *
 * @throws TrainingError and RangeError as `trainPlain`.
 */
export function trainAtOnce(task: LocalTask): LocalUpdate {
  const { weights, step } = startPlain(task);
  let steps = 0;
  for (const { rows } of batches(task)) {
    step(rows);
    steps++;
  }
  return endPlain(task, weights, steps);
}

function startPlain(task: LocalTask) {
  expectTask(task);
  const weights = task.weights.slice();
  const gradientOf = (isBare(task.shape, task.loss) ? kernelGradient(task.shape, task.rows) : null) ?? batchGradient(task);
  const addTerms = gradientTerms(task);
  const move = LOCAL_OPTIMIZERS[task.config.optimizer ?? 'sgd'].start(weights.length, task.config);
  const step = (batch: Uint32Array): void => {
    const gradient = gradientOf(weights, batch);
    addTerms?.(weights, gradient);
    move(weights, gradient);
  };
  return { weights, step };
}

function endPlain(task: LocalTask, weights: Float64Array, steps: number): LocalUpdate {
  if (steps > 0) networkOf(task.shape).settle?.(weights, task.rows.x, task.rows.rows);
  return updateFrom(task.weights, weights, task.rows.rows, steps);
}

/** @throws RangeError when the weights, the columns or the loss do not fit the shape. */
export function expectTask({ shape, weights, rows, loss }: Pick<LocalTask, 'shape' | 'weights' | 'rows' | 'loss'>): void {
  const { length, inputs, outputs } = networkOf(shape);
  if (weights.length !== length) throw new RangeError(`local training: expected ${length} weights, got ${weights.length}`);
  if (rows.width !== inputs) throw new RangeError(`local training: expected ${inputs} columns, got ${rows.width}`);
  const wanted = lossOf(loss ?? { kind: 'binary' }).outputs;
  if (wanted !== outputs) throw new RangeError(`local training: the loss needs ${wanted} outputs, the network has ${outputs}`);
}

/** Whether a network is what the fused paths write out: dense layers, ReLU, one logit, cross-entropy. */
export function isBare(shape: NetworkShape, loss: LossSpec | undefined): shape is MlpShape {
  if (
    shape.kind === 'additive' ||
    shape.kind === 'cnn' ||
    (loss !== undefined && (loss.kind !== 'binary' || loss.classWeights !== undefined))
  )
    return false;
  return (shape.norm ?? 'none') === 'none' && (shape.dropout ?? 0) === 0 && (shape.outputs ?? 1) === 1;
}

/** The gradient of the mean loss over the rows of a batch; batches of at most `config.batchSize` rows. */
export function batchGradient({
  shape,
  loss,
  rows,
  config,
  uniform,
}: Pick<LocalTask, 'shape' | 'loss' | 'rows' | 'config' | 'uniform'>): GradientOf {
  const network = networkOf(shape);
  const { error: errorOf } = lossOf(loss ?? { kind: 'binary' });
  const capacity = Math.max(1, Math.min(config.batchSize, rows.rows));
  const pass = network.pass(capacity);
  const error = new Float64Array(capacity * network.outputs);
  const gradient = new Float64Array(network.length);
  return (weights, batch) => {
    gradient.fill(0);
    errorOf(pass.forward(weights, rows.x, batch, uniform), rows, batch, error);
    pass.backward(weights, error, gradient);
    return gradient;
  };
}

/** The gradient of the mean cross-entropy of a 0/1 outcome over some rows. */
export function mlpGradient(shape: MlpShape, rows: Rows): GradientOf {
  const config = { localEpochs: 1, batchSize: Math.max(1, rows.rows), learningRate: 1 };
  return batchGradient({ shape, rows, config, uniform: () => 0.5 });
}

/** Adds penalties and correction to a gradient, and takes frozen weights out of it; null where there is nothing to do. */
export function gradientTerms(task: LocalTask): ((weights: Float64Array, gradient: Float64Array) => void) | null {
  const { correction, frozen } = task;
  const { weightDecay = 0, proximal = 0 } = task.config;
  const anchor = task.anchor ?? task.weights;
  if (weightDecay === 0 && proximal === 0 && !correction && !frozen) return null;
  return (weights, gradient) => {
    for (let i = 0; i < gradient.length; i++) {
      const terms = weightDecay * weights[i]! + proximal * (weights[i]! - anchor[i]!) + (correction?.[i] ?? 0);
      gradient[i] = frozen?.[i] === 1 ? 0 : gradient[i]! + terms;
    }
  };
}
