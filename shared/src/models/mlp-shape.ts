/**
 * The shape of a fully connected network and where its tensors lie.
 *
 * Rules: all weights are one flat vector, per layer W, b, and for hidden layers with a normalisation its scale and shift (and for batch
 * normalisation the mean and variance it predicts with); each W row-major with shape [inputs, outputs].
 */
import type { NetworkTensor } from './network.ts';

export interface MlpShape {
  readonly kind?: 'mlp' | undefined;
  /** Columns of the design matrix, at least 1. */
  readonly inputs: number;
  /** Units of each hidden layer; empty means a single linear layer. */
  readonly hidden: readonly number[];
  /** Outputs of the last layer; 1 when absent. */
  readonly outputs?: number | undefined;
  /** Normalisation of each hidden layer; none when absent. Batch statistics are a site's own (FedBN). */
  readonly norm?: 'none' | 'layer' | 'batch' | undefined;
  /** Share of hidden units left out in training, in [0, 1); 0 when absent. */
  readonly dropout?: number | undefined;
  /** he: He-uniform kernels and zero biases, when absent; zero: all zero; uniform: kernels and biases within ±1/√inputs. */
  readonly start?: 'he' | 'zero' | 'uniform' | undefined;
}

/** Where one layer lies in the flat vector. */
export interface MlpLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernelStart: number;
  readonly biasStart: number;
  /** Start of scale, shift (and mean, variance), each of `outputs` entries; null without a normalisation. */
  readonly normStart: number | null;
}

/** Vectors of a layer's normalisation in the flat vector. */
const NORM_VECTORS = { none: [], layer: ['scale', 'shift'], batch: ['scale', 'shift', 'mean', 'variance'] } as const;

/**
 * The layers of a network, in the order of the flat vector.
 *
 * @throws RangeError when a layer has no unit.
 */
export function mlpLayers(shape: MlpShape): readonly MlpLayer[] {
  const layers: MlpLayer[] = [];
  const vectors = NORM_VECTORS[shape.norm ?? 'none'].length;
  let inputs = shape.inputs;
  let start = 0;
  for (const [index, outputs] of [...shape.hidden, shape.outputs ?? 1].entries()) {
    if (!(Number.isInteger(inputs) && inputs > 0 && Number.isInteger(outputs) && outputs > 0)) {
      throw new RangeError(`mlpLayers: expected layers of at least one unit, got ${inputs} → ${outputs}`);
    }
    const biasStart = start + inputs * outputs;
    const isNormed = vectors > 0 && index < shape.hidden.length;
    layers.push({ inputs, outputs, kernelStart: start, biasStart, normStart: isNormed ? biasStart + outputs : null });
    start = biasStart + outputs + (isNormed ? vectors * outputs : 0);
    inputs = outputs;
  }
  return layers;
}

/**
 * Name, length and shape of every tensor, in the order of the flat vector.
 *
 * @example mlpTensors({ inputs: 2, hidden: [] }).map(({ name, shape }) => [name, shape]) // [['dense1/kernel', [2, 1]], ['dense1/bias', [1]]]
 */
export function mlpTensors(shape: MlpShape): readonly NetworkTensor[] {
  const layers = mlpLayers(shape);
  return layers.flatMap(({ inputs, outputs, normStart }, index) => {
    const part = index === layers.length - 1 ? 'head' : 'body';
    const norms = normStart === null ? [] : NORM_VECTORS[shape.norm ?? 'none'];
    return [
      { name: `dense${index + 1}/kernel`, length: inputs * outputs, shape: [inputs, outputs], part },
      { name: `dense${index + 1}/bias`, length: outputs, shape: [outputs], part },
      ...norms.map((name) => ({ name: `norm${index + 1}/${name}`, length: outputs, shape: [outputs], part: 'norm' as const })),
    ] satisfies NetworkTensor[];
  });
}

/** Number of weights of a network. */
export function mlpLength(shape: MlpShape): number {
  return mlpTensors(shape).reduce((sum, tensor) => sum + tensor.length, 0);
}
