/**
 * A fully connected network with ReLU between the layers; optionally with layer or batch normalisation before each ReLU and dropout after it.
 *
 * Rule: the start uses + − × ÷ √ only, because every site repeats it and must get the same bytes.
 * Source of the start: He et al. 2015, "Delving Deep into Rectifiers" (uniform form, bound √(6 / inputs)).
 */
import { sigmoid } from './linear.ts';
import { mlpPass } from './mlp-pass.ts';
import { measureBatchNorm } from './mlp-settle.ts';
import { type MlpShape, mlpLayers, mlpLength, mlpTensors } from './mlp-shape.ts';
import type { Network } from './network.ts';
import type { Rows } from './rows.ts';

/**
 * The weights before the first round.
 *
 * @param uniform - Next number of a deterministic stream, in [0, 1). Drawn once per entry that is not a constant, in the order of the flat vector.
 * @returns The flat weights, shape (mlpLength(shape),).
 */
export function initMlp(shape: MlpShape, uniform: () => number): Float64Array {
  const weights = new Float64Array(mlpLength(shape));
  const start = shape.start ?? 'he';
  for (const { inputs, outputs, kernelStart, biasStart, normStart } of mlpLayers(shape)) {
    const bound = Math.sqrt((start === 'he' ? 6 : 1) / inputs);
    const end = start === 'uniform' ? biasStart + outputs : biasStart;
    if (start !== 'zero') for (let i = kernelStart; i < end; i++) weights[i] = (2 * uniform() - 1) * bound;
    if (normStart === null) continue;
    weights.fill(1, normStart, normStart + outputs);
    if (shape.norm === 'batch') weights.fill(1, normStart + 3 * outputs, normStart + 4 * outputs);
  }
  return weights;
}

/** The network of a shape. */
export function mlpNetwork(shape: MlpShape): Network {
  return {
    inputs: shape.inputs,
    outputs: shape.outputs ?? 1,
    length: mlpLength(shape),
    tensors: mlpTensors(shape),
    init: (uniform) => initMlp(shape, uniform),
    pass: (capacity) => mlpPass(shape, capacity),
    settle: shape.norm === 'batch' ? (weights, x, rows) => measureBatchNorm(shape, weights, x, rows) : null,
  };
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
  const all = Uint32Array.from({ length: rows.rows }, (_, i) => i);
  return mlpPass(shape, rows.rows).forward(weights, rows.x, all, null).slice(0, rows.rows);
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
