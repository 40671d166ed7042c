/** The layers of a trained network. */
import { type MlpShape, mlpLayers, type NetworkShape, networkOf } from '../models/index.ts';
import { ExportError, type ModelLayer } from './released-model.ts';

/** As models/normalise.ts. */
const NORM_EPSILON = 1e-5;

/** @throws ExportError `batch-norm` or `images`. */
export function networkLayers(shape: NetworkShape, weights: Float64Array): ModelLayer[] {
  if (shape.kind === 'cnn') throw new ExportError('images');
  return shape.kind === 'additive' ? additiveLayers(shape, weights) : mlpModelLayers(shape, weights);
}

/** The last layer with its first output only: the mean of a network that also gives a spread. */
export function withFirstOutput(layers: readonly ModelLayer[]): ModelLayer[] {
  const last = layers.at(-1);
  if (last === undefined || last.outputs === 1) return [...layers];
  const kernel = last.kernel.filter((_, at) => at % last.outputs === 0);
  return [...layers.slice(0, -1), { ...last, outputs: 1, kernel, bias: last.bias.slice(0, 1) }];
}

function mlpModelLayers(shape: MlpShape, weights: Float64Array): ModelLayer[] {
  if (shape.norm === 'batch') throw new ExportError('batch-norm');
  const layers = mlpLayers(shape);
  return layers.map(({ inputs, outputs, kernelStart, biasStart, normStart }, index) => {
    const part = (start: number, length: number): number[] => Array.from(weights.subarray(start, start + length));
    return {
      inputs,
      outputs,
      kernel: part(kernelStart, inputs * outputs),
      bias: part(biasStart, outputs),
      norm:
        normStart === null ? null : { scale: part(normStart, outputs), shift: part(normStart + outputs, outputs), epsilon: NORM_EPSILON },
      activation: index < layers.length - 1 ? 'relu' : 'none',
    };
  });
}

/** An additive network as two dense layers: each feature's units see its own columns only, and the rest of the kernel is 0. */
function additiveLayers(shape: Extract<NetworkShape, { kind: 'additive' }>, weights: Float64Array): ModelLayer[] {
  const { groups, hidden, outputs = 1 } = shape;
  const { inputs, length } = networkOf(shape);
  const units = groups.length * hidden;
  const kernel = new Array<number>(inputs * units).fill(0);
  const bias: number[] = [];
  const out: number[] = [];
  let at = 0;
  let column = 0;
  groups.forEach((columns, group) => {
    for (let j = 0; j < columns; j++) {
      for (let h = 0; h < hidden; h++) kernel[(column + j) * units + group * hidden + h] = weights[at + j * hidden + h]!;
    }
    at += columns * hidden;
    bias.push(...weights.subarray(at, at + hidden));
    out.push(...weights.subarray(at + hidden, at + hidden + hidden * outputs));
    at += hidden + hidden * outputs;
    column += columns;
  });
  return [
    { inputs, outputs: units, kernel, bias, norm: null, activation: 'relu' },
    { inputs: units, outputs, kernel: out, bias: Array.from(weights.subarray(length - outputs)), norm: null, activation: 'none' },
  ];
}
