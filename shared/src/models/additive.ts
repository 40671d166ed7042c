/**
 * An additive network: one small subnet a feature, each a hidden layer of ReLUs, and the sum of them: what a feature adds can be drawn.
 *
 * Rules: a feature's design columns (one for a number, one a level for a category) are the inputs of its subnet; the flat vector holds per
 * feature W1 [columns, hidden], b1 [hidden], W2 [hidden, outputs], and at the end one bias per output.
 * Source: Agarwal et al. 2021, "Neural Additive Models".
 */
import { denseBackward, denseForward } from './dense.ts';
import type { Network, NetworkPass, NetworkTensor } from './network.ts';

export interface AdditiveShape {
  readonly kind: 'additive';
  /** Design columns of each feature, in order; their sum is the width of the matrix. */
  readonly groups: readonly number[];
  /** Units of each subnet, at least 1. */
  readonly hidden: number;
  /** 1 when absent. */
  readonly outputs?: number | undefined;
}

export function additiveTensors({ groups, hidden, outputs = 1 }: AdditiveShape): readonly NetworkTensor[] {
  return [
    ...groups.flatMap((columns, g): NetworkTensor[] => [
      { name: `feature${g + 1}/kernel`, length: columns * hidden, shape: [columns, hidden], part: 'body' },
      { name: `feature${g + 1}/bias`, length: hidden, shape: [hidden], part: 'body' },
      { name: `feature${g + 1}/out`, length: hidden * outputs, shape: [hidden, outputs], part: 'head' },
    ]),
    { name: 'bias', length: outputs, shape: [outputs], part: 'head' },
  ];
}

/** The network of a shape. @throws RangeError when a feature has no column or a subnet no unit. */
export function additiveNetwork(shape: AdditiveShape): Network {
  const { groups, hidden, outputs = 1 } = shape;
  if (!(groups.length > 0 && [...groups, hidden, outputs].every((count) => Number.isInteger(count) && count > 0))) {
    throw new RangeError('additiveNetwork: expected at least one column a feature and one unit a subnet');
  }
  const tensors = additiveTensors(shape);
  const length = tensors.reduce((sum, tensor) => sum + tensor.length, 0);
  return {
    inputs: groups.reduce((sum, columns) => sum + columns, 0),
    outputs,
    length,
    tensors,
    init: (uniform) => {
      const weights = new Float64Array(length);
      let at = 0;
      for (const { length: entries, shape: dimensions, name } of tensors) {
        const bound = Math.sqrt(6 / (dimensions[0]! * (name.endsWith('out') ? groups.length : 1)));
        if (dimensions.length === 2) for (let i = at; i < at + entries; i++) weights[i] = (2 * uniform() - 1) * bound;
        at += entries;
      }
      return weights;
    },
    pass: (capacity) => additivePass(shape, length, capacity),
    settle: null,
  };
}

function additivePass({ groups, hidden, outputs = 1 }: AdditiveShape, length: number, capacity: number): NetworkPass {
  const width = groups.reduce((sum, columns) => sum + columns, 0);
  let column = 0;
  let at = 0;
  const subnets = groups.map((columns) => {
    const first = { inputs: columns, outputs: hidden, kernelStart: at, biasStart: at + columns * hidden };
    const outStart = first.biasStart + hidden;
    const subnet = { first, outStart, column, input: new Float64Array(columns * capacity), units: new Float64Array(hidden * capacity) };
    column += columns;
    at = outStart + hidden * outputs;
    return subnet;
  });
  const biasStart = length - outputs;
  const out = new Float64Array(outputs * capacity);
  const unitError = new Float64Array(hidden * capacity);
  let rows = 0;
  return {
    forward: (weights, x, batch) => {
      rows = batch.length;
      for (let row = 0; row < rows; row++) for (let k = 0; k < outputs; k++) out[row * outputs + k] = weights[biasStart + k]!;
      for (const { first, outStart, column: from, input, units } of subnets) {
        for (let row = 0; row < rows; row++)
          for (let j = 0; j < first.inputs; j++) input[row * first.inputs + j] = x[batch[row]! * width + from + j]!;
        denseForward(first, weights, input, units, rows);
        for (let row = 0; row < rows; row++) {
          for (let h = 0; h < hidden; h++) {
            const value = units[row * hidden + h]!;
            if (value <= 0) units[row * hidden + h] = 0;
            else for (let k = 0; k < outputs; k++) out[row * outputs + k]! += value * weights[outStart + h * outputs + k]!;
          }
        }
      }
      return out;
    },
    backward: (weights, error, gradient) => {
      for (let row = 0; row < rows; row++) for (let k = 0; k < outputs; k++) gradient[biasStart + k]! += error[row * outputs + k]!;
      for (const { first, outStart, input, units } of subnets) {
        for (let row = 0; row < rows; row++) {
          for (let h = 0; h < hidden; h++) {
            const value = units[row * hidden + h]!;
            let sum = 0;
            for (let k = 0; k < outputs && value > 0; k++) {
              gradient[outStart + h * outputs + k]! += value * error[row * outputs + k]!;
              sum += weights[outStart + h * outputs + k]! * error[row * outputs + k]!;
            }
            unitError[row * hidden + h] = sum;
          }
        }
        denseBackward(first, weights, input, unitError, gradient, rows, null, false);
      }
    },
  };
}
