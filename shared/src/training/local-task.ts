/** What a site's local training is given and gives back; the same for every backend. */
import type { MlpShape, Rows } from '../models/index.ts';

/** `plain` is the loop on typed arrays; the others are TensorFlow.js's. */
export type BackendName = 'plain' | 'cpu' | 'wasm' | 'webgl';

export interface LocalConfig {
  /** Passes over the site's training rows in one round, at least 1. */
  readonly localEpochs: number;
  /** Rows in a step, at least 1. */
  readonly batchSize: number;
  /** Step length of plain gradient descent on the batch's mean loss, above 0. */
  readonly learningRate: number;
}

export interface LocalProgress {
  /** Running pass, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Share of all steps done, in (0, 1]. */
  readonly fraction: number;
}

export interface LocalTask {
  readonly shape: MlpShape;
  /** Weights before, flat, shape (mlpLength(shape),). */
  readonly weights: Float64Array;
  readonly rows: Rows;
  readonly config: LocalConfig;
  /** Next number of a stream in [0, 1), for the order of the rows; the same stream gives the same batches on every backend. */
  readonly uniform: () => number;
  /** Called at the end of every pass and every 64 steps; a returned promise is awaited, so a caller can let others work. */
  readonly onProgress?: ((progress: LocalProgress) => void | Promise<void>) | undefined;
}

export interface LocalUpdate {
  /** Weights after minus weights before, shape (mlpLength(shape),). */
  readonly delta: Float64Array;
  readonly rows: number;
  readonly steps: number;
}
