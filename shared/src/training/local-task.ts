/** What a site's local training is given and gives back; the same for every backend. */
import type { LossSpec, NetworkShape, Rows } from '../models/index.ts';
import type { LocalOptimizerName } from './local-optimizers/list.ts';

/** `plain` is the loop on typed arrays; the others are TensorFlow.js's. */
export type BackendName = 'plain' | 'cpu' | 'wasm' | 'webgl';

export interface LocalConfig {
  /** Passes over the site's training rows in one round, at least 1. */
  readonly localEpochs: number;
  /** Steps in one round, whatever the number of rows; in the place of passes when given. */
  readonly localSteps?: number | undefined;
  /** Rows in a step, at least 1. */
  readonly batchSize: number;
  /** Step length on the batch's mean loss, above 0. */
  readonly learningRate: number;
  /** sgd when absent. */
  readonly optimizer?: LocalOptimizerName | undefined;
  /** Share of the velocity kept under `momentum`, in [0, 1). */
  readonly momentum?: number | undefined;
  /** λ of λ/2 ‖w‖², added to the mean loss; 0 when absent. */
  readonly weightDecay?: number | undefined;
  /** μ of μ/2 ‖w − w₀‖², added to the mean loss; 0 when absent. */
  readonly proximal?: number | undefined;
}

export interface LocalProgress {
  /** Running pass, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Share of all steps done, in (0, 1]. */
  readonly fraction: number;
}

export interface LocalTask {
  readonly shape: NetworkShape;
  /** Cross-entropy of a 0/1 outcome when absent. */
  readonly loss?: LossSpec | undefined;
  /** Weights before, flat, shape (length of the network,). */
  readonly weights: Float64Array;
  readonly rows: Rows;
  readonly config: LocalConfig;
  /** Next number of a stream in [0, 1), for the order of the rows and dropout; the same stream gives the same batches on every backend. */
  readonly uniform: () => number;
  /** Added to the gradient of every step, shape (length,); nothing when absent. */
  readonly correction?: Float64Array | null | undefined;
  /** What the proximal term holds on to, shape (length,); the weights before when absent. */
  readonly anchor?: Float64Array | undefined;
  /** 1 for weights that stay as they are, shape (length,); none when absent. */
  readonly frozen?: Uint8Array | undefined;
  /** Called at the end of every pass and every 64 steps; a returned promise is awaited, so a caller can let others work. */
  readonly onProgress?: ((progress: LocalProgress) => void | Promise<void>) | undefined;
}

export interface LocalUpdate {
  /** Weights after minus weights before, shape (length,). */
  readonly delta: Float64Array;
  readonly rows: number;
  readonly steps: number;
}
