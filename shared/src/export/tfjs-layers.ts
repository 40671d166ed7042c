/**
 * A released model as a TensorFlow.js layers model: `model.json` and `weights.bin`, preprocessing inside. It takes what the ONNX file
 * takes, except that missing is the number named in the metadata: layers cannot read NaN.
 * Source: "TensorFlow.js layers model" (topology of Keras 2 in JSON, weights as little-endian float32).
 */
import { concatBytes } from '../crypto/index.ts';
import { modelMetadata } from './model-metadata.ts';
import { preparationLayers } from './preparation-layers.ts';
import type { ModelLayer, ReleasedModel } from './released-model.ts';

export interface TfjsFiles {
  /** Text of `model.json`. */
  readonly model: string;
  /** Bytes of `weights.bin`. */
  readonly weights: Uint8Array;
}

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export function tfjsLayersModel(model: ReleasedModel): TfjsFiles {
  const layers = [...preparationLayers(model), ...model.layers];
  const built = layers.map((layer, index) => buildLayer(layer, index, index === layers.length - 1));
  const weights = built.flatMap((part) => part.weights);
  const topology = {
    class_name: 'Sequential',
    config: { name: model.study, layers: built.flatMap((part) => part.layers) },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
  const json = {
    format: 'layers-model',
    generatedBy: 'consilium',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [
      { paths: ['weights.bin'], weights: weights.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' })) },
    ],
    userDefinedMetadata: modelMetadata(model),
  };
  return { model: `${JSON.stringify(json, null, 1)}\n`, weights: concatBytes(...weights.map(({ values }) => floats(values))) };
}

function buildLayer({ inputs, outputs, kernel, bias, norm, activation }: ModelLayer, index: number, isLast: boolean) {
  const name = `dense${index + 1}`;
  const first = index === 0 ? { batch_input_shape: [null, inputs], dtype: 'float32' } : {};
  const own = norm === null ? activation : 'none';
  const activations = { relu: 'relu', none: isLast ? 'sigmoid' : 'linear' };
  const dense = {
    class_name: 'Dense',
    config: { name, units: outputs, activation: activations[own], use_bias: true, trainable: false, ...first },
  };
  const weights: Weight[] = [
    { name: `${name}/kernel`, shape: [inputs, outputs], values: kernel },
    { name: `${name}/bias`, shape: [outputs], values: bias },
  ];
  if (norm === null) return { layers: [dense], weights };
  const normName = `norm${index + 1}`;
  const layers = [
    dense,
    {
      class_name: 'LayerNormalization',
      config: { name: normName, axis: -1, epsilon: norm.epsilon, center: true, scale: true, trainable: false },
    },
    { class_name: 'Activation', config: { name: `relu${index + 1}`, activation: activations[activation] } },
  ];
  const more: Weight[] = [
    { name: `${normName}/gamma`, shape: [outputs], values: norm.scale },
    { name: `${normName}/beta`, shape: [outputs], values: norm.shift },
  ];
  return { layers, weights: [...weights, ...more] };
}

function floats(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => {
    view.setFloat32(at * 4, value, true);
  });
  return bytes;
}
