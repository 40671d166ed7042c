/**
 * An algorithm a researcher brings: how a site trains in one round, and how the server moves the model with the mean of what sites
 * sent. It runs in the simulator only; a hospital's tab interprets plans and runs nobody's code.
 *
 * Rules: both functions are pure: the same input gives the same bits, and what they are given is theirs to read, not to change.
 * What a site sends is clipped, weighted and summed as the plan says; the server sees the mean and never one site's part.
 */

/** The file's export, under the name `algorithm`. */
export interface Algorithm {
  /** Shown in results. */
  readonly name: string;
  train(input: TrainInput): TrainOutput | Promise<TrainOutput>;
  /** Absent: the mean update is added (FedAvg). */
  step?(input: StepInput): StepOutput;
}

export interface TrainInput {
  /** From 1. */
  readonly round: number;
  /** Name of the site. */
  readonly site: string;
  /** The shared model, flat, shape (dimension,). */
  readonly weights: Float64Array;
  /** The site's training rows as the model sees them: x row-major, shape (rows, width); y 0 or 1. */
  readonly rows: { readonly x: Float64Array; readonly y: Float64Array; readonly rows: number; readonly width: number };
  /** From the plan's algorithm. */
  readonly settings: { readonly localEpochs: number; readonly batchSize: number; readonly learningRate: number };
  /** The gradient of the mean loss over some rows, by row number; a new array, shape (dimension,). */
  gradient(weights: Float64Array, batch: Uint32Array): Float64Array;
  /** Next number in [0, 1) of a stream that is this site's and this round's. */
  uniform(): number;
  /** What this site kept of its last round; null in its first. */
  readonly kept: Float64Array | null;
}

export interface TrainOutput {
  /** Weights after minus weights before, shape (dimension,). */
  readonly update: Float64Array;
  /** Kept by the site for its next round and never sent. */
  readonly keep?: Float64Array | null;
}

export interface StepInput {
  readonly round: number;
  readonly weights: Float64Array;
  /** Weighted mean of the sites' updates, shape (dimension,). */
  readonly mean: Float64Array;
  /** What the last step returned; empty before the first. */
  readonly state: readonly Float64Array[];
}

export interface StepOutput {
  readonly weights: Float64Array;
  readonly state: readonly Float64Array[];
}
