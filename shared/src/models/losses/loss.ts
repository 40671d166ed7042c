/**
 * What a loss is: from a network's outputs for a batch to the mean loss and its derivative. The derivative is of the mean over the batch.
 */
import type { Rows } from '../rows.ts';

export interface Loss {
  readonly kind: string;
  /** Outputs of the network for a row. */
  readonly outputs: number;
  /**
   * @param outputs - Row-major, shape (batch, outputs).
   * @param batch - Numbers of the rows they belong to.
   * @param error - Shape (batch, outputs); overwritten with the derivative.
   * @returns The mean loss of the batch.
   */
  readonly error: (outputs: Float64Array, rows: Rows, batch: Uint32Array, error: Float64Array) => number;
}

/** How a measured outcome is standardised before a network sees it. */
export interface OutcomeScale {
  readonly mean?: number | undefined;
  readonly sd?: number | undefined;
}

/** log(1 + eᵃ) without overflow. */
export const softplus = (a: number): number => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
