/**
 * A released model as an ONNX file: rows in the hospital's own units in, probabilities out, the preprocessing inside.
 *
 * Input `row`, float [rows, features], a code as its number, NaN for missing; output `probability`, float [rows, 1]. What each input means is
 * in the file's metadata. Other answers: `probability` [rows, classes], `estimate` or `expected` [rows, 1], `risk` [rows, times]. Operators of opset 13. Source of field numbers and enums: onnx.proto3 (IR version 8).
 */
import { concatBytes } from '../crypto/index.ts';
import { answerNames } from './model-answer.ts';
import { modelMetadata } from './model-metadata.ts';
import { modelInputs, preparationLayers } from './preparation-layers.ts';
import { bytesField, messageField, numberField, packedField, textField } from './protobuf-writer.ts';
import type { ModelLayer, ReleasedModel } from './released-model.ts';

const IR_VERSION = 8;
const OPSET = 13;
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

interface Graph {
  readonly nodes: Uint8Array[];
  readonly initializers: Uint8Array[];
}

/** @returns The bytes of the file. */
export function onnxBytes(model: ReleasedModel): Uint8Array {
  const graph: Graph = { nodes: [], initializers: [] };
  const inputs = modelInputs(model);
  addTensor(
    graph,
    'missing',
    [inputs.length],
    inputs.map(({ missing }) => missing),
  );
  addNode(graph, 'IsNaN', ['row'], 'is_missing');
  addNode(graph, 'Where', ['is_missing', 'missing', 'row'], 'given');
  const layers = [...preparationLayers(model), ...model.layers];
  const last = layers.reduce((input, layer, index) => addLayer(graph, layer, index, input), 'given');
  const output = addAnswer(graph, model, last);
  const body = [
    ...graph.nodes.map((node) => bytesField(1, node)),
    textField(2, model.study),
    ...graph.initializers.map((tensor) => bytesField(5, tensor)),
    messageField(11, valueInfo('row', inputs.length)),
    messageField(12, valueInfo(output, answerNames(model).length)),
  ];
  return concatBytes(
    numberField(1, IR_VERSION),
    textField(2, 'consilium'),
    numberField(5, model.version),
    textField(6, `${model.title}. ${model.purpose}`),
    messageField(7, ...body),
    messageField(8, textField(1, ''), numberField(2, OPSET)),
    ...Object.entries(modelMetadata(model)).map(([key, value]) => messageField(14, textField(1, key), textField(2, value))),
  );
}

/** From the last layer's outputs to the answer. @returns The output's name. */
function addAnswer(graph: Graph, { answer }: ReleasedModel, last: string): string {
  switch (answer.kind) {
    case 'probability':
      addNode(graph, 'Sigmoid', [last], 'probability');
      return 'probability';
    case 'classes':
      addNode(graph, 'Softmax', [last], 'probability', [intAttribute('axis', 1)]);
      return 'probability';
    case 'quantity':
      addNode(graph, 'Identity', [last], 'estimate');
      return 'estimate';
    case 'count':
      addTensor(graph, 'log_most', [1], [Math.log(answer.most)]);
      addNode(graph, 'Min', [last, 'log_most'], 'log_expected');
      addNode(graph, 'Exp', ['log_expected'], 'expected');
      return 'expected';
    case 'survival': {
      // −log S by a time is the sum of softplus over the intervals until then.
      const times = answer.cuts.length;
      const until = Array.from({ length: times * times }, (_, at) => Number(Math.floor(at / times) <= at % times));
      addTensor(graph, 'until', [times, times], until);
      addTensor(graph, 'one', [1], [1]);
      addNode(graph, 'Softplus', [last], 'hazard');
      addNode(graph, 'MatMul', ['hazard', 'until'], 'cumulative');
      addNode(graph, 'Neg', ['cumulative'], 'log_survival');
      addNode(graph, 'Exp', ['log_survival'], 'survival');
      addNode(graph, 'Sub', ['one', 'survival'], 'risk');
      return 'risk';
    }
  }
}

function addLayer(graph: Graph, { inputs, outputs, kernel, bias, norm, activation }: ModelLayer, index: number, input: string): string {
  const name = (part: string): string => `layer${index + 1}_${part}`;
  addTensor(graph, name('kernel'), [inputs, outputs], kernel);
  addTensor(graph, name('bias'), [outputs], bias);
  addNode(graph, 'Gemm', [input, name('kernel'), name('bias')], name('sum'));
  let current = name('sum');
  if (norm !== null) {
    addTensor(graph, name('scale'), [outputs], norm.scale);
    addTensor(graph, name('shift'), [outputs], norm.shift);
    addTensor(graph, name('epsilon'), [1], [norm.epsilon]);
    addNode(graph, 'ReduceMean', [current], name('mean'), [intsAttribute('axes', [1]), intAttribute('keepdims', 1)]);
    addNode(graph, 'Sub', [current, name('mean')], name('centred'));
    addNode(graph, 'Mul', [name('centred'), name('centred')], name('squares'));
    addNode(graph, 'ReduceMean', [name('squares')], name('variance'), [intsAttribute('axes', [1]), intAttribute('keepdims', 1)]);
    addNode(graph, 'Add', [name('variance'), name('epsilon')], name('widened'));
    addNode(graph, 'Sqrt', [name('widened')], name('spread'));
    addNode(graph, 'Div', [name('centred'), name('spread')], name('standard'));
    addNode(graph, 'Mul', [name('standard'), name('scale')], name('scaled'));
    addNode(graph, 'Add', [name('scaled'), name('shift')], name('normed'));
    current = name('normed');
  }
  if (activation === 'none') return current;
  addNode(graph, 'Relu', [current], name('relu'));
  return name('relu');
}

function addNode(graph: Graph, operator: string, inputs: readonly string[], output: string, attributes: readonly Uint8Array[] = []): void {
  graph.nodes.push(
    concatBytes(
      ...inputs.map((name) => textField(1, name)),
      textField(2, output),
      textField(3, output),
      textField(4, operator),
      ...attributes.map((attribute) => bytesField(5, attribute)),
    ),
  );
}

/** float_data is packed into raw_data: little-endian float32. */
function addTensor(graph: Graph, name: string, shape: readonly number[], values: readonly number[]): void {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => {
    view.setFloat32(at * 4, value, true);
  });
  graph.initializers.push(concatBytes(packedField(1, shape), numberField(2, FLOAT), textField(8, name), bytesField(9, bytes)));
}

const intAttribute = (name: string, value: number): Uint8Array =>
  concatBytes(textField(1, name), numberField(3, value), numberField(20, ATTRIBUTE_INT));

const intsAttribute = (name: string, values: readonly number[]): Uint8Array =>
  concatBytes(textField(1, name), packedField(8, values), numberField(20, ATTRIBUTE_INTS));

/** name, and type: a float tensor of [rows, width]. */
function valueInfo(name: string, width: number): Uint8Array {
  const shape = concatBytes(messageField(1, textField(2, 'rows')), messageField(1, numberField(1, width)));
  return concatBytes(textField(1, name), messageField(2, messageField(1, numberField(1, FLOAT), bytesField(2, shape))));
}
