/**
 * A fully connected network with ReLU between the layers and one logit at the end.
 *
 * Rules: all weights are one flat vector, W1, b1, W2, b2, …, each W row-major with shape [inputs, outputs];
 * the start uses + − × ÷ √ only, because every site repeats it and must get the same bytes.
 * Source of the start: He et al. 2015, "Delving Deep into Rectifiers" (uniform form, bound √(6 / inputs)).
 */
import { sigmoid } from './linear.ts';
import type { Rows } from './rows.ts';

export interface MlpShape {
  /** Columns of the design matrix, at least 1. */
  readonly inputs: number;
  /** Units of each hidden layer; empty means a single linear layer. */
  readonly hidden: readonly number[];
}

export interface MlpTensor {
  readonly name: string;
  readonly length: number;
  readonly shape: readonly number[];
}

/** Where one layer lies in the flat vector. */
export interface MlpLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernelStart: number;
  readonly biasStart: number;
}

/**
 * The layers of a network, in the order of the flat vector.
 *
 * @throws RangeError when a layer has no unit.
 */
export function mlpLayers(shape: MlpShape): readonly MlpLayer[] {
  const layers: MlpLayer[] = [];
  let inputs = shape.inputs;
  let start = 0;
  for (const outputs of [...shape.hidden, 1]) {
    if (!(Number.isInteger(inputs) && inputs > 0 && Number.isInteger(outputs) && outputs > 0)) {
      throw new RangeError(`mlpLayers: expected layers of at least one unit, got ${inputs} → ${outputs}`);
    }
    layers.push({ inputs, outputs, kernelStart: start, biasStart: start + inputs * outputs });
    start += inputs * outputs + outputs;
    inputs = outputs;
  }
  return layers;
}

/**
 * Name, length and shape of every tensor, in the order of the flat vector.
 *
 * @example mlpTensors({ inputs: 2, hidden: [] }) // [{ name: 'dense1/kernel', length: 2, shape: [2, 1] }, { name: 'dense1/bias', length: 1, shape: [1] }]
 */
export function mlpTensors(shape: MlpShape): readonly MlpTensor[] {
  return mlpLayers(shape).flatMap(({ inputs, outputs }, index) => [
    { name: `dense${index + 1}/kernel`, length: inputs * outputs, shape: [inputs, outputs] },
    { name: `dense${index + 1}/bias`, length: outputs, shape: [outputs] },
  ]);
}

/** Number of weights of a network. */
export function mlpLength(shape: MlpShape): number {
  return mlpTensors(shape).reduce((sum, tensor) => sum + tensor.length, 0);
}

/**
 * The weights before the first round: He-uniform kernels, zero biases.
 *
 * @param uniform - Next number of a deterministic stream, in [0, 1). Drawn once per kernel entry, in the order of the flat vector.
 * @returns The flat weights, shape (mlpLength(shape),).
 */
export function initMlp(shape: MlpShape, uniform: () => number): Float64Array {
  const weights = new Float64Array(mlpLength(shape));
  for (const layer of mlpLayers(shape)) {
    const bound = Math.sqrt(6 / layer.inputs);
    for (let i = layer.kernelStart; i < layer.biasStart; i++) weights[i] = (2 * uniform() - 1) * bound;
  }
  return weights;
}

/**
 * The logit of the outcome for every row.
 *
 * @param weights - Flat weights, shape (mlpLength(shape),).
 * @returns Logits, shape (rows,).
 * @throws RangeError when weights or rows do not fit the shape.
 */
export function mlpLogits(shape: MlpShape, weights: Float64Array, rows: Rows): Float64Array {
  if (weights.length !== mlpLength(shape)) throw new RangeError(`mlpLogits: expected ${mlpLength(shape)} weights, got ${weights.length}`);
  if (rows.width !== shape.inputs) throw new RangeError(`mlpLogits: expected ${shape.inputs} columns, got ${rows.width}`);
  const layers = mlpLayers(shape);
  const logits = new Float64Array(rows.rows);
  for (let i = 0; i < rows.rows; i++) {
    let activation = rows.x.subarray(i * rows.width, (i + 1) * rows.width);
    for (const [index, layer] of layers.entries()) {
      activation = denseRow(layer, weights, activation, index < layers.length - 1);
    }
    logits[i] = activation[0]!;
  }
  return logits;
}

/**
 * The probability of the outcome for every row.
 *
 * @param weights - Flat weights, shape (mlpLength(shape),).
 * @returns Probabilities, shape (rows,), each in [0, 1].
 * @throws RangeError when weights or rows do not fit the shape.
 */
export function predictMlp(shape: MlpShape, weights: Float64Array, rows: Rows): Float64Array {
  return mlpLogits(shape, weights, rows).map(sigmoid);
}

function denseRow(layer: MlpLayer, weights: Float64Array, input: Float64Array, isRectified: boolean): Float64Array {
  const { inputs, outputs, kernelStart, biasStart } = layer;
  const output = weights.slice(biasStart, biasStart + outputs);
  for (let j = 0; j < inputs; j++) {
    const value = input[j]!;
    const from = kernelStart + j * outputs;
    for (let k = 0; k < outputs; k++) output[k] = output[k]! + value * weights[from + k]!;
  }
  return isRectified ? output.map((value) => Math.max(value, 0)) : output;
}
