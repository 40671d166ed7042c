/**
 * What every network is: named tensors in one flat vector, a start, and one pass over a batch forward and back.
 *
 * Rules: the start uses + − × ÷ √ only, because every site repeats it and must get the same bytes; a pass owns its work space, so that
 * training allocates nothing; outputs are before any link function (logits, means, log-variances).
 */

/** body: shared by all sites; norm: a normalisation's scale, shift and statistics; head: the last layer. */
export type TensorPart = 'body' | 'norm' | 'head';

export interface NetworkTensor {
  readonly name: string;
  readonly length: number;
  readonly shape: readonly number[];
  readonly part: TensorPart;
}

/** A network's arithmetic over one batch at a time. */
export interface NetworkPass {
  /**
   * @param weights - Flat weights, shape (length,).
   * @param x - Row-major inputs of all rows, shape (rows, inputs).
   * @param batch - Numbers of the rows of this batch, at most the capacity.
   * @param chance - A stream in [0, 1) for dropout while training; null for prediction.
   * @returns Outputs, row-major, shape (batch, outputs); the same array is filled again by the next call.
   */
  readonly forward: (weights: Float64Array, x: Float64Array, batch: Uint32Array, chance: (() => number) | null) => Float64Array;
  /**
   * Adds the gradient of the batch of the last `forward`.
   *
   * @param error - Derivative of the loss by the outputs, shape (batch, outputs).
   * @param gradient - Shape (length,); added to.
   */
  readonly backward: (weights: Float64Array, error: Float64Array, gradient: Float64Array) => void;
}

export interface Network {
  readonly inputs: number;
  readonly outputs: number;
  readonly length: number;
  readonly tensors: readonly NetworkTensor[];
  /** @param uniform - Next number of a deterministic stream, in [0, 1). */
  readonly init: (uniform: () => number) => Float64Array;
  /** @param capacity - Most rows in a batch. */
  readonly pass: (capacity: number) => NetworkPass;
  /** Recomputes what is not learned but measured on rows (a batch normalisation's statistics), in place; null where nothing is. */
  readonly settle: ((weights: Float64Array, x: Float64Array, rows: number) => void) | null;
}

/** Where a part of the network lies in the flat vector: true for its entries. */
export function entriesOf(tensors: readonly NetworkTensor[], parts: readonly TensorPart[]): Uint8Array {
  const entries = new Uint8Array(tensors.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { length, part } of tensors) {
    if (parts.includes(part)) entries.fill(1, at, at + length);
    at += length;
  }
  return entries;
}
