/** The pieces of which a TensorFlow.js topology is put together. */

export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A layer of the topology; one without `after` follows the one before it. */
export interface BuiltLayer {
  readonly class_name: string;
  readonly config: { readonly name: string; readonly [key: string]: unknown };
  readonly after?: readonly string[];
}

export interface Built {
  readonly layers: readonly BuiltLayer[];
  readonly weights: readonly Weight[];
}

export const denseLayer = (name: string, units: number, activation: string, after?: readonly string[]): BuiltLayer => ({
  class_name: 'Dense',
  config: { name, units, activation, use_bias: true, trainable: false },
  ...(after === undefined ? {} : { after }),
});
