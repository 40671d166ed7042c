/**
 * The order in which local training sees its rows: a fresh shuffle every pass, then consecutive batches, the last one possibly shorter.
 * Source: Fisher and Yates; Durstenfeld 1964.
 */

import type { LocalProgress, LocalTask, LocalUpdate } from './local-task.ts';
import { TrainingError } from './training-error.ts';

const STEPS_BETWEEN_REPORTS = 64;

/** A random order of 0 … count − 1. Draws count − 1 numbers from `uniform`. */
export function shuffledOrder(count: number, uniform: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/** A batch of one round of training, and where the round stands after it. */
export interface Batch {
  /** Row numbers, shape (1 … batchSize,). Only valid until the next batch. */
  readonly rows: Uint32Array;
  /** What the page is told; null between reports. */
  readonly progress: LocalProgress | null;
}

/**
 * The batches of one round, in order.
 *
 * @throws RangeError when the configuration is out of range.
 */
export function* batches({ config, rows, uniform }: Pick<LocalTask, 'config' | 'rows' | 'uniform'>): Generator<Batch, number> {
  const { localEpochs, localSteps, batchSize } = config;
  expectConfig(config);
  const perEpoch = Math.ceil(rows.rows / batchSize);
  if (perEpoch === 0) return 0;
  const epochs = localSteps === undefined ? localEpochs : Math.ceil(localSteps / perEpoch);
  const all = localSteps ?? localEpochs * perEpoch;
  let steps = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = shuffledOrder(rows.rows, uniform);
    for (let at = 0; at < perEpoch && steps < all; at++) {
      steps++;
      const isReported = at + 1 === perEpoch || steps === all || steps % STEPS_BETWEEN_REPORTS === 0;
      const progress = isReported ? { epoch, epochs, fraction: steps / all } : null;
      yield { rows: order.subarray(at * batchSize, (at + 1) * batchSize), progress };
    }
  }
  return steps;
}

/**
 * Calls `step` with the row numbers of each batch, in order, and reports progress.
 *
 * @returns Number of steps.
 * @throws RangeError when the configuration is out of range.
 */
export async function eachBatch(
  task: Pick<LocalTask, 'config' | 'rows' | 'uniform' | 'onProgress'>,
  step: (batch: Uint32Array) => void,
): Promise<number> {
  let steps = 0;
  for (const { rows, progress } of batches(task)) {
    step(rows);
    steps++;
    if (progress !== null) await task.onProgress?.(progress);
  }
  return steps;
}

function expectConfig({ localEpochs, localSteps, batchSize, learningRate, weightDecay = 0, proximal = 0 }: LocalTask['config']): void {
  const expectCount = (what: string, value: number): void => {
    if (!(Number.isInteger(value) && value >= 1)) throw new RangeError(`local training: expected ${what}, got ${value}`);
  };
  expectCount('whole epochs', localEpochs);
  if (localSteps !== undefined) expectCount('whole steps', localSteps);
  expectCount('a batch of at least 1', batchSize);
  if (!(learningRate > 0)) throw new RangeError(`local training: expected a learning rate above 0, got ${learningRate}`);
  if (!(weightDecay >= 0 && proximal >= 0)) throw new RangeError('local training: expected penalties of 0 or more');
}

/**
 * The update that leads from `before` to `after`.
 *
 * @throws TrainingError `diverged` when an entry is infinite or undefined.
 */
export function updateFrom(before: ArrayLike<number>, after: ArrayLike<number>, rows: number, steps: number): LocalUpdate {
  const delta = new Float64Array(after.length);
  for (let i = 0; i < delta.length; i++) {
    const change = after[i]! - before[i]!;
    delta[i] = change;
    if (!Number.isFinite(change)) {
      throw new TrainingError('diverged', 'Training diverged: a weight became infinite. A smaller learning rate may help.');
    }
  }
  return { delta, rows, steps };
}
