/** A convolutional network for small grey images (cnn-shape.ts): its start, and a pass forward and back, image by image in plain arrays. */
import { type CnnBlock, type CnnShape, cnnBlocks, cnnTensors } from './cnn-shape.ts';
import { convolve, convolveBack, pool, poolBack } from './convolution.ts';
import type { Network, NetworkPass } from './network.ts';
import { standardiseGroup, standardiseGroupBack } from './normalise.ts';

/** The network of a shape. @throws RangeError on an impossible shape. */
export function cnnNetwork(shape: CnnShape): Network {
  const { blocks, headStart, last } = cnnBlocks(shape);
  const tensors = cnnTensors(shape);
  const length = tensors.reduce((sum, tensor) => sum + tensor.length, 0);
  return {
    inputs: shape.pixels.length,
    outputs: shape.outputs,
    length,
    tensors,
    init: (uniform) => {
      const weights = new Float64Array(length);
      const draw = (start: number, count: number, inputs: number): void => {
        const bound = Math.sqrt(6 / inputs);
        for (let i = start; i < start + count; i++) weights[i] = (2 * uniform() - 1) * bound;
      };
      for (const { inputs, outputs, kernelStart, normStart } of blocks) {
        draw(kernelStart, 9 * inputs * outputs, 9 * inputs);
        weights.fill(1, normStart, normStart + outputs);
      }
      draw(headStart, last.outputs * shape.outputs, last.outputs);
      return weights;
    },
    pass: (capacity) => cnnPass(shape, capacity),
    settle: null,
  };
}

/** What a block keeps of a batch for the way back. */
interface Kept {
  readonly block: CnnBlock;
  /** Values of an image before and after the block. */
  readonly before: number;
  readonly after: number;
  readonly input: Float64Array;
  /** Standardised sums. */
  readonly z: Float64Array;
  /** 1 / √(variance + ε) of each group. */
  readonly inverse: Float64Array;
}

function cnnPass(shape: CnnShape, capacity: number): NetworkPass {
  const { pixels, groups, outputs } = shape;
  const { blocks, headStart, last } = cnnBlocks(shape);
  const kept = blocks.map((block): Kept => {
    const before = block.inputs * block.width * block.height;
    const after = block.outputs * block.width * block.height;
    return {
      block,
      before,
      after,
      input: new Float64Array(before * capacity),
      z: new Float64Array(after * capacity),
      inverse: new Float64Array(groups * capacity),
    };
  });
  const largest = Math.max(...kept.flatMap(({ before, after }) => [before, after]));
  // The image after the last block, and errors on the way back; two, because a block reads one and writes the other.
  const active = new Float64Array(largest);
  const errors = [new Float64Array(largest), new Float64Array(largest)] as const;
  const ends = pooledSize(last);
  const means = new Float64Array(last.outputs * capacity);
  const out = new Float64Array(outputs * capacity);
  const biasStart = headStart + last.outputs * outputs;
  let rows = 0;

  const forwardImage = (weights: Float64Array, row: number): void => {
    for (const [at, { block, before, after, input, z, inverse }] of kept.entries()) {
      const [from, start] = [row * before, row * after];
      convolve(block, weights, input, from, z, start);
      const size = after / groups;
      for (let g = 0; g < groups; g++) inverse[row * groups + g] = standardiseGroup(z, start + g * size, size, 1);
      rectify(block, weights, z, start, active);
      const next = kept[at + 1];
      const [target, to] = next === undefined ? [active, 0] : [next.input, row * next.before];
      if (block.isPooled) pool(block, active, 0, target, to);
      else if (next !== undefined) target.set(active.subarray(0, after), to);
    }
    for (let k = 0; k < last.outputs; k++) {
      let sum = 0;
      for (let i = k * ends; i < (k + 1) * ends; i++) sum += active[i]!;
      means[row * last.outputs + k] = sum / ends;
    }
  };

  const backImage = (weights: Float64Array, error: Float64Array, gradient: Float64Array, row: number): void => {
    const [first, second] = errors;
    for (let k = 0; k < last.outputs; k++) {
      let sum = 0;
      for (let o = 0; o < outputs; o++) {
        const at = headStart + k * outputs + o;
        gradient[at] = gradient[at]! + means[row * last.outputs + k]! * error[row * outputs + o]!;
        sum += weights[at]! * error[row * outputs + o]!;
      }
      first.fill(sum / ends, k * ends, (k + 1) * ends);
    }
    for (let at = kept.length - 1; at >= 0; at--) {
      const { block, before, after, input, z, inverse } = kept[at]!;
      if (block.isPooled) poolBack(block, first, second);
      else second.set(first.subarray(0, after));
      rectifyBack(block, weights, z, row * after, second, gradient);
      const size = after / groups;
      const own = z.subarray(row * after, (row + 1) * after);
      for (let g = 0; g < groups; g++) standardiseGroupBack(own, second, g * size, size, 1, inverse[row * groups + g]!);
      first.fill(0, 0, before);
      convolveBack(block, weights, input, row * before, second, gradient, at === 0 ? null : first);
    }
  };

  return {
    forward: (weights, x, batch) => {
      rows = batch.length;
      const images = kept[0]!;
      images.input.fill(0, 0, rows * images.before);
      for (let row = 0; row < rows; row++) {
        const from = batch[row]! * pixels.length;
        for (let j = 0; j < pixels.length; j++) images.input[row * images.before + pixels[j]!] = x[from + j]!;
        forwardImage(weights, row);
        for (let o = 0; o < outputs; o++) {
          let sum = weights[biasStart + o]!;
          for (let k = 0; k < last.outputs; k++) sum += means[row * last.outputs + k]! * weights[headStart + k * outputs + o]!;
          out[row * outputs + o] = sum;
        }
      }
      return out;
    },
    backward: (weights, error, gradient) => {
      for (let row = 0; row < rows; row++) {
        for (let o = 0; o < outputs; o++) gradient[biasStart + o] = gradient[biasStart + o]! + error[row * outputs + o]!;
        backImage(weights, error, gradient, row);
      }
    },
  };
}

/** Pixels of a channel after a block. */
const pooledSize = ({ width, height, isPooled }: CnnBlock): number =>
  isPooled ? Math.floor(width / 2) * Math.floor(height / 2) : width * height;

/** Scale, shift and ReLU of an image's standardised sums. */
function rectify(
  { outputs, width, height, normStart }: CnnBlock,
  weights: Float64Array,
  z: Float64Array,
  start: number,
  out: Float64Array,
): void {
  const size = width * height;
  for (let k = 0; k < outputs; k++) {
    const [scale, shift] = [weights[normStart + k]!, weights[normStart + outputs + k]!];
    for (let i = k * size; i < (k + 1) * size; i++) out[i] = Math.max(0, scale * z[start + i]! + shift);
  }
}

/** From the derivative by its result (in place) to that by the standardised sums; adds the gradient of scale and shift. */
function rectifyBack(
  { outputs, width, height, normStart }: CnnBlock,
  weights: Float64Array,
  z: Float64Array,
  start: number,
  error: Float64Array,
  gradient: Float64Array,
): void {
  const size = width * height;
  for (let k = 0; k < outputs; k++) {
    const [scale, shift] = [weights[normStart + k]!, weights[normStart + outputs + k]!];
    for (let i = k * size; i < (k + 1) * size; i++) {
      const value = z[start + i]!;
      const passed = scale * value + shift > 0 ? error[i]! : 0;
      gradient[normStart + k] = gradient[normStart + k]! + passed * value;
      gradient[normStart + outputs + k] = gradient[normStart + outputs + k]! + passed;
      error[i] = passed * scale;
    }
  }
}
