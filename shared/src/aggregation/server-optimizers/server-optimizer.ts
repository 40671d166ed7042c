/**
 * What every server optimizer is: a rule that turns a mean update into new weights.
 *
 * Rules: an update is weights after minus weights before and is added; float64 and + − × ÷ √ only, because every site derives the
 * model itself; the state is a list of vectors, so that one function can store the state of any optimizer.
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", Algorithm 1.
 */

export interface ServerConfig {
  /** Server learning rate η, above 0. */
  readonly learningRate: number;
  /** Decay of the mean of updates, in [0, 1); 0.9 when absent. */
  readonly beta1?: number | undefined;
  /** Decay of the mean of squared updates, in [0, 1); 0.99 when absent. */
  readonly beta2?: number | undefined;
  /** Added to the root, above 0: the larger, the less adaptive; 1e-3 when absent. */
  readonly tau?: number | undefined;
}

export interface ServerState {
  readonly kind: string;
  /** Vectors of the length of the weights; how many depends on the kind. */
  readonly moments: readonly Float64Array[];
}

export interface ServerOptimizer {
  readonly kind: string;
  /** State before the first round for a model of `length` weights. */
  readonly init: (length: number, config: ServerConfig) => ServerState;
  /** New state and new weights; nothing is changed in place. Throws RangeError when lengths differ. */
  readonly step: (
    state: ServerState,
    weights: Float64Array,
    meanUpdate: Float64Array,
    config: ServerConfig,
  ) => { readonly state: ServerState; readonly weights: Float64Array };
}

/** @throws RangeError when two vectors that belong together have different lengths. */
export function expectLength(what: string, expected: number, vector: Float64Array | undefined): Float64Array {
  if (vector?.length !== expected) throw new RangeError(`${what}: expected ${expected} entries, got ${vector?.length ?? 'none'}`);
  return vector;
}
