/** Every network the product knows, by its shape. To add one: its file, its test, one line here. */
import { type AdditiveShape, additiveNetwork } from './additive.ts';
import { cnnNetwork } from './cnn.ts';
import type { CnnShape } from './cnn-shape.ts';
import { mlpNetwork } from './mlp.ts';
import type { MlpShape } from './mlp-shape.ts';
import type { Network } from './network.ts';
import type { Rows } from './rows.ts';

export type NetworkShape = MlpShape | AdditiveShape | CnnShape;

/** Shapes are never changed: one that was asked for before has its network already. */
const networks = new WeakMap<NetworkShape, Network>();

/** The network of a shape. @throws RangeError on an impossible shape. */
export function networkOf(shape: NetworkShape): Network {
  const known = networks.get(shape) ?? startNetwork(shape);
  networks.set(shape, known);
  return known;
}

function startNetwork(shape: NetworkShape): Network {
  switch (shape.kind) {
    case 'additive':
      return additiveNetwork(shape);
    case 'cnn':
      return cnnNetwork(shape);
    default:
      return mlpNetwork(shape);
  }
}

/** Rows of a chunk: bounds the work space of a prediction, whatever the table. */
const CHUNK = 512;

/**
 * The outputs of every row, before any link function.
 *
 * @returns Row-major, shape (rows, outputs).
 * @throws RangeError when weights or rows do not fit the shape.
 */
export function networkOutputs(shape: NetworkShape, weights: Float64Array, rows: Pick<Rows, 'x' | 'rows' | 'width'>): Float64Array {
  const network = networkOf(shape);
  if (weights.length !== network.length) throw new RangeError(`networkOutputs: expected ${network.length} weights, got ${weights.length}`);
  if (rows.width !== network.inputs) throw new RangeError(`networkOutputs: expected ${network.inputs} columns, got ${rows.width}`);
  const capacity = Math.min(CHUNK, rows.rows);
  const pass = network.pass(capacity);
  const outputs = new Float64Array(rows.rows * network.outputs);
  for (let from = 0; from < rows.rows; from += CHUNK) {
    const batch = Uint32Array.from({ length: Math.min(CHUNK, rows.rows - from) }, (_, i) => from + i);
    outputs.set(pass.forward(weights, rows.x, batch, null).subarray(0, batch.length * network.outputs), from * network.outputs);
  }
  return outputs;
}
