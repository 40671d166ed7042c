/**
 * A released model as a TensorFlow.js layers model: `model.json` and `weights.bin`, preprocessing inside. It takes what the ONNX file
 * takes, except that missing is the number named in the metadata: layers cannot read NaN. It answers what `answerNames` names.
 * Source: "TensorFlow.js layers model" (topology of Keras 2 in JSON, weights as little-endian float32).
 */
import { concatBytes } from '../crypto/index.ts';
import { modelMetadata } from './model-metadata.ts';
import { preparationLayers } from './preparation-layers.ts';
import type { ModelLayer, ReleasedModel } from './released-model.ts';
import { countLayers } from './tfjs-count.ts';
import { type Built, type BuiltLayer, denseLayer, type Weight } from './tfjs-parts.ts';
import { survivalLayers } from './tfjs-survival.ts';

export interface TfjsFiles {
  /** Text of `model.json`. */
  readonly model: string;
  /** Bytes of `weights.bin`. */
  readonly weights: Uint8Array;
}

const LAST = { probability: 'sigmoid', classes: 'softmax', quantity: 'linear' } as const;

export function tfjsLayersModel(model: ReleasedModel): TfjsFiles {
  const { answer } = model;
  const layers = [...preparationLayers(model), ...model.layers];
  const last = layers.length - 1;
  const built = layers.map((layer, index): Built => {
    if (index < last) return buildLayer(layer, index, 'linear');
    if (answer.kind === 'count') return countLayers(layer, answer.most);
    return answer.kind === 'survival'
      ? survivalLayers(layer, topOf(layers[index - 1]!, index - 1))
      : buildLayer(layer, index, LAST[answer.kind]);
  });
  const weights = built.flatMap((part) => part.weights);
  const width = layers[0]!.inputs;
  const json = {
    format: 'layers-model',
    generatedBy: 'consilium',
    convertedBy: null,
    modelTopology: topologyOf(
      model.study,
      width,
      built.flatMap((part) => part.layers),
    ),
    weightsManifest: [
      { paths: ['weights.bin'], weights: weights.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' })) },
    ],
    userDefinedMetadata: modelMetadata(model),
  };
  return { model: `${JSON.stringify(json, null, 1)}\n`, weights: concatBytes(...weights.map(({ values }) => floats(values))) };
}

/** A graph of layers: each follows the one before it or the ones it names. */
function topologyOf(study: string, width: number, layers: readonly BuiltLayer[]) {
  const input = {
    name: 'row',
    class_name: 'InputLayer',
    config: { name: 'row', batch_input_shape: [null, width], dtype: 'float32' },
    inbound_nodes: [],
  };
  const names = ['row', ...layers.map(({ config }) => config.name)];
  const nodes = layers.map(({ class_name, config, after }, at) => ({
    name: config.name,
    class_name,
    config,
    inbound_nodes: [(after ?? [names[at]!]).map((name) => [name, 0, 0, {}])],
  }));
  return {
    class_name: 'Model',
    config: { name: study, layers: [input, ...nodes], input_layers: [['row', 0, 0]], output_layers: [[names.at(-1), 0, 0]] },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

/** Name of what a layer puts out. */
const topOf = ({ norm }: ModelLayer, index: number): string => `${norm === null ? 'dense' : 'relu'}${index + 1}`;

function buildLayer({ inputs, outputs, kernel, bias, norm, activation }: ModelLayer, index: number, plain: string): Built {
  const name = `dense${index + 1}`;
  const own = norm !== null ? 'linear' : activation === 'relu' ? 'relu' : plain;
  const dense = denseLayer(name, outputs, own);
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
    { class_name: 'Activation', config: { name: `relu${index + 1}`, activation: activation === 'relu' ? 'relu' : 'linear' } },
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
