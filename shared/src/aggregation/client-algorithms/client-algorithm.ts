/**
 * What the site's half of an algorithm is: what it adds to local training, what it sends of what was trained, and how the
 * weighted means of what was sent become one update for the server optimizer.
 *
 * Rules: everything sent is a sum over sites weighted by the gridded weight, so it can be masked; `combine` uses + − × ÷ √ only,
 * because every site repeats it; what a site keeps for itself (`own`) is never sent and may be lost: a reload begins anew.
 */
import type { LocalConfig, LocalUpdate } from '../../training/index.ts';

/** What the algorithm adds to the gradient of every local step. */
export interface LocalTerms {
  /** μ of the proximal term μ/2 ‖w − w₀‖². */
  readonly proximal: number;
  /** Added to the gradient of every step, shape (dimension,); null for nothing. */
  readonly correction: Float64Array | null;
}

export interface SentUpdate {
  /** One or two vectors of the model's length: the update, and where the algorithm has one a control variate. */
  readonly vectors: readonly Float64Array[];
  /** Entries of the header, weighted like the vectors. */
  readonly header: readonly number[];
  /** What the site keeps for its next round; null for nothing. */
  readonly own: Float64Array | null;
}

export interface ClientAlgorithm {
  readonly kind: string;
  readonly vectors: 1 | 2;
  /** Entries the algorithm adds to the header. */
  readonly headerLength: 0 | 1;
  /**
   * @param shared - The control variate all sites share; null before the first sum and for algorithms without one.
   * @param own - What this site kept of its last round; null when it kept nothing.
   */
  readonly terms: (input: {
    readonly proximal: number;
    readonly shared: Float64Array | null;
    readonly own: Float64Array | null;
  }) => LocalTerms;
  readonly send: (input: {
    readonly trained: LocalUpdate;
    readonly config: LocalConfig;
    readonly shared: Float64Array | null;
    readonly own: Float64Array | null;
  }) => SentUpdate;
  /**
   * @param means - Weighted means of the vectors, each of shape (dimension,).
   * @param header - Weighted means of the header entries.
   * @returns The update for the server optimizer, and the control variate the next round shares.
   */
  readonly combine: (
    means: readonly Float64Array[],
    header: readonly number[],
  ) => { readonly update: Float64Array; readonly shared: Float64Array | null };
}

/** The only vector of an algorithm that sends one. */
export function onlyVector(means: readonly Float64Array[]): Float64Array {
  const [mean] = means;
  if (mean === undefined || means.length !== 1) throw new RangeError(`client algorithm: expected one vector, got ${means.length}`);
  return mean;
}
