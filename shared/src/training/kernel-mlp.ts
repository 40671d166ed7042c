/**
 * The gradient of the network by the matrix kernel: a batch at a time, with the bits of the plain loop.
 *
 * Layout in the kernel's memory: rows and columns padded to blocks of 4. Each layer's input has a last column of ones, so that
 * the bias is one more row of the layer's weights; the padding holds zeros and stays zero.
 */
import { BLOCK, type MatrixProduct, startMatrixProduct } from '../kernels/index.ts';
import { type MlpLayer, type MlpShape, mlpLayers, mlpLength, type Rows, sigmoid } from '../models/index.ts';

/** (weights, batch of row numbers) → gradient of the mean cross-entropy; the same array is filled again by the next call, of any function of this shape. */
export type BatchGradient = (weights: Float64Array, batch: Uint32Array) => Float64Array;

/** Rows of a batch that are worked on together; few enough that everything stays in a core's second cache. */
const PIECE = 64;
const DOUBLE = 8;

/** Numbers a row, and addresses in bytes. */
interface LayerPlace {
  readonly layer: MlpLayer;
  readonly inputWidth: number;
  readonly outputWidth: number;
  readonly weights: number;
  readonly gradient: number;
  /** Without the bias, outputs × inputs; null for the first layer, whose input needs no error. */
  readonly transposed: number | null;
  readonly input: number;
  readonly error: number;
}

interface Kernel {
  readonly product: MatrixProduct;
  readonly numbers: Float64Array;
  readonly layers: readonly LayerPlace[];
  readonly logits: number;
  readonly gradientStart: number;
  readonly gradientEnd: number;
  readonly zeros: number;
  readonly lowest: number;
  /** The gradient as the flat vector of the weights. */
  readonly flat: Float64Array;
}

const padded = (count: number): number => BLOCK * Math.ceil(count / BLOCK);

/** One kernel a shape, made once: every call of the gradient fills it anew. */
const kernels = new Map<string, Kernel | null>();

/** @returns The gradient function, or null where the kernel cannot run. @throws RangeError when the columns do not fit the shape. */
export function kernelGradient(shape: MlpShape, rows: Rows): BatchGradient | null {
  if (rows.width !== shape.inputs) throw new RangeError(`local training: expected ${shape.inputs} columns, got ${rows.width}`);
  const name = [shape.inputs, ...shape.hidden].join('-');
  const known = kernels.get(name);
  const kernel = known === undefined ? startKernel(shape) : known;
  kernels.set(name, kernel);
  if (kernel === null) return null;
  return (weights, batch) => {
    takeWeights(kernel, weights);
    for (let at = 0; at < batch.length; at += PIECE) addPiece(kernel, rows, batch.subarray(at, at + PIECE), 1 / batch.length);
    return giveGradient(kernel);
  };
}

function startKernel(shape: MlpShape): Kernel | null {
  let numbers = 0;
  const reserve = (count: number): number => {
    const at = numbers;
    numbers += padded(count);
    return DOUBLE * at;
  };
  const zeros = reserve(Math.max(...[shape.inputs, ...shape.hidden].map(padded)));
  const lowest = reserve(BLOCK);
  const parts = mlpLayers(shape).map((layer) => ({ layer, inputWidth: padded(layer.inputs + 1), outputWidth: padded(layer.outputs) }));
  const weights = parts.map(({ inputWidth, outputWidth }) => reserve(inputWidth * outputWidth));
  const gradientStart = DOUBLE * numbers;
  const gradients = parts.map(({ inputWidth, outputWidth }) => reserve(inputWidth * outputWidth));
  const gradientEnd = DOUBLE * numbers;
  const layers = parts.map((part, l): LayerPlace => {
    const { inputWidth, outputWidth, layer } = part;
    return {
      ...part,
      weights: weights[l]!,
      gradient: gradients[l]!,
      transposed: l === 0 ? null : reserve(layer.outputs * inputWidth),
      input: reserve(PIECE * inputWidth),
      error: reserve(PIECE * outputWidth),
    };
  });
  const logits = reserve(PIECE * BLOCK);
  const product = startMatrixProduct(DOUBLE * numbers);
  if (product === null) return null;
  const memory = new Float64Array(product.memory.buffer);
  memory.fill(Number.NEGATIVE_INFINITY, lowest / DOUBLE, lowest / DOUBLE + BLOCK);
  for (const { input, inputWidth, layer } of layers) {
    for (let row = 0; row < PIECE; row++) memory[input / DOUBLE + row * inputWidth + layer.inputs] = 1;
  }
  return { product, numbers: memory, layers, logits, gradientStart, gradientEnd, zeros, lowest, flat: new Float64Array(mlpLength(shape)) };
}

/** Copies the weights in, and once more transposed where an error goes back; starts the gradient at zero. */
function takeWeights({ numbers, layers, gradientStart, gradientEnd }: Kernel, weights: Float64Array): void {
  numbers.fill(0, gradientStart / DOUBLE, gradientEnd / DOUBLE);
  for (const { layer, outputWidth, inputWidth, transposed, ...place } of layers) {
    const { inputs, outputs, kernelStart } = layer;
    const to = place.weights / DOUBLE;
    // The bias follows the kernel in the flat vector, as row `inputs`.
    if (outputs === outputWidth) numbers.set(weights.subarray(kernelStart, kernelStart + (inputs + 1) * outputs), to);
    else {
      for (let j = 0; j <= inputs; j++) {
        for (let k = 0; k < outputs; k++) numbers[to + j * outputWidth + k] = weights[kernelStart + j * outputs + k]!;
      }
      // A unit that is always 1: the next layer's column of ones, which the padding of this layer's outputs covers.
      numbers[to + inputs * outputWidth + outputs] = 1;
    }
    if (transposed === null) continue;
    const turned = transposed / DOUBLE;
    for (let k = 0; k < outputs; k++) {
      for (let j = 0, from = kernelStart + k; j < inputs; j++, from += outputs) numbers[turned + k * inputWidth + j] = weights[from]!;
    }
  }
}

/** Adds the part of at most `PIECE` rows to the gradient. */
function addPiece(kernel: Kernel, rows: Rows, batch: Uint32Array, share: number): void {
  const { product, numbers, layers, zeros, lowest, logits } = kernel;
  const first = layers[0]!;
  const last = layers[layers.length - 1]!;
  const rowBlocks = Math.ceil(batch.length / BLOCK);
  for (let i = 0; i < batch.length; i++) {
    const from = batch[i]! * rows.width;
    const to = first.input / DOUBLE + i * first.inputWidth;
    for (let j = 0; j < rows.width; j++) numbers[to + j] = rows.x[from + j]!;
  }
  for (let l = 0; l < layers.length; l++) {
    const { layer, inputWidth, outputWidth, input, weights } = layers[l]!;
    const isLast = l === layers.length - 1;
    const output = isLast ? logits : layers[l + 1]!.input;
    const outputRow = DOUBLE * (isLast ? outputWidth : layers[l + 1]!.inputWidth);
    const bias = weights + DOUBLE * layer.inputs * outputWidth;
    product.run(
      rowBlocks,
      outputWidth / BLOCK,
      layer.inputs,
      input,
      DOUBLE * inputWidth,
      DOUBLE,
      weights,
      DOUBLE * outputWidth,
      output,
      outputRow,
      bias,
      0,
      isLast ? lowest : zeros,
    );
  }
  for (let i = 0; i < batch.length; i++) {
    const place = i * last.outputWidth;
    numbers[last.error / DOUBLE + place] = (sigmoid(numbers[logits / DOUBLE + place]!) - rows.y[batch[i]!]!) * share;
  }
  for (let l = layers.length - 1; l >= 0; l--) back(kernel, l, batch.length, rowBlocks);
}

/** Adds a layer's gradient, and writes the error at its input: zero where the unit below was off. */
function back({ product, numbers, layers, zeros, lowest }: Kernel, l: number, count: number, rowBlocks: number): void {
  const { layer, inputWidth, outputWidth, input, error, gradient, transposed } = layers[l]!;
  const gradientRow = DOUBLE * outputWidth;
  product.run(
    inputWidth / BLOCK,
    outputWidth / BLOCK,
    count,
    input,
    DOUBLE,
    DOUBLE * inputWidth,
    error,
    gradientRow,
    gradient,
    gradientRow,
    gradient,
    gradientRow,
    lowest,
  );
  if (transposed === null) return;
  const below = layers[l - 1]!;
  const errorRow = DOUBLE * below.outputWidth;
  product.run(
    rowBlocks,
    below.outputWidth / BLOCK,
    layer.outputs,
    error,
    gradientRow,
    DOUBLE,
    transposed,
    DOUBLE * inputWidth,
    below.error,
    errorRow,
    zeros,
    0,
    lowest,
  );
  for (let i = 0; i < count; i++) {
    const from = input / DOUBLE + i * inputWidth;
    const to = below.error / DOUBLE + i * below.outputWidth;
    // By a factor and not by a branch: whether a unit was on is a toss, and a processor would guess wrong half the time.
    for (let j = 0; j < layer.inputs; j++) numbers[to + j]! *= Number(numbers[from + j] !== 0);
  }
}

function giveGradient({ numbers, layers, flat }: Kernel): Float64Array {
  for (const { layer, outputWidth, gradient } of layers) {
    const { inputs, outputs, kernelStart } = layer;
    const from = gradient / DOUBLE;
    if (outputs === outputWidth) {
      flat.set(numbers.subarray(from, from + (inputs + 1) * outputs), kernelStart);
      continue;
    }
    for (let j = 0; j <= inputs; j++) {
      for (let k = 0; k < outputs; k++) flat[kernelStart + j * outputs + k] = numbers[from + j * outputWidth + k]!;
    }
  }
  return flat;
}
