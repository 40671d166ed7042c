/**
 * What a local optimizer is: a rule that moves the weights by a gradient, in place. Its state lives for one round and never leaves the site.
 */

export interface LocalOptimizerConfig {
  /** Step length, above 0. */
  readonly learningRate: number;
  /** Share of the velocity kept, in [0, 1); 0.9 when absent. */
  readonly momentum?: number | undefined;
}

export interface LocalOptimizer {
  readonly kind: string;
  /** A fresh step function for a model of `length` weights. It changes `weights` in place. */
  readonly start: (length: number, config: LocalOptimizerConfig) => (weights: Float64Array, gradient: Float64Array) => void;
}
