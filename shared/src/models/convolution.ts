/**
 * A 3 × 3 convolution of one image with a border of zeros, and the mean over 2 × 2 pixels, forward and back. Images lie channel by channel, row by
 * row; kernels are [3, 3, in, out], as TensorFlow has them.
 */
import type { CnnBlock } from './cnn-shape.ts';

/** Walks every kernel entry with the pixels it joins: `from` of the input's and `to` of the output's rows, `count` long. */
function eachTap(
  { inputs, outputs, width, height }: CnnBlock,
  visit: (weight: number, from: number, to: number, count: number) => void,
): void {
  for (let ky = -1; ky <= 1; ky++) {
    for (let kx = -1; kx <= 1; kx++) {
      const left = Math.max(0, -kx);
      const count = width - Math.abs(kx);
      for (let input = 0; input < inputs; input++) {
        for (let output = 0; output < outputs; output++) {
          const weight = (((ky + 1) * 3 + kx + 1) * inputs + input) * outputs + output;
          for (let row = Math.max(0, -ky); row < height - Math.max(0, ky); row++) {
            visit(weight, (input * height + row + ky) * width + left + kx, (output * height + row) * width + left, count);
          }
        }
      }
    }
  }
}

/** Writes the convolution of an image. @param at - Where the images begin in `input` and `output`. */
export function convolve(
  block: CnnBlock,
  weights: Float64Array,
  input: Float64Array,
  inputAt: number,
  output: Float64Array,
  at: number,
): void {
  const { outputs, width, height, kernelStart, biasStart } = block;
  for (let k = 0; k < outputs; k++) output.fill(weights[biasStart + k]!, at + k * width * height, at + (k + 1) * width * height);
  eachTap(block, (weight, from, to, count) => {
    const factor = weights[kernelStart + weight]!;
    for (let i = 0; i < count; i++) output[at + to + i] = output[at + to + i]! + factor * input[inputAt + from + i]!;
  });
}

/** Adds the gradient of kernel and bias, and to `inputError` the derivative by the input. @param error - By the output. */
export function convolveBack(
  block: CnnBlock,
  weights: Float64Array,
  input: Float64Array,
  inputAt: number,
  error: Float64Array,
  gradient: Float64Array,
  inputError: Float64Array | null,
): void {
  const { outputs, width, height, kernelStart, biasStart } = block;
  const size = width * height;
  for (let k = 0; k < outputs; k++) {
    let sum = 0;
    for (let i = k * size; i < (k + 1) * size; i++) sum += error[i]!;
    gradient[biasStart + k] = gradient[biasStart + k]! + sum;
  }
  eachTap(block, (weight, from, to, count) => {
    const factor = weights[kernelStart + weight]!;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const value = error[to + i]!;
      sum += value * input[inputAt + from + i]!;
      if (inputError !== null) inputError[from + i] = inputError[from + i]! + factor * value;
    }
    gradient[kernelStart + weight] = gradient[kernelStart + weight]! + sum;
  });
}

/** Means over 2 × 2 pixels; an odd last row or column is left out. */
export function pool({ outputs, width, height }: CnnBlock, input: Float64Array, inputAt: number, output: Float64Array, at: number): void {
  const [half, rows] = [Math.floor(width / 2), Math.floor(height / 2)];
  for (let k = 0; k < outputs; k++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < half; column++) {
        const from = inputAt + (k * height + 2 * row) * width + 2 * column;
        output[at + (k * rows + row) * half + column] =
          (input[from]! + input[from + 1]! + input[from + width]! + input[from + width + 1]!) / 4;
      }
    }
  }
}

/** Overwrites `inputError` with the derivative by the input of `pool`. */
export function poolBack({ outputs, width, height }: CnnBlock, error: Float64Array, inputError: Float64Array): void {
  const [half, rows] = [Math.floor(width / 2), Math.floor(height / 2)];
  inputError.fill(0, 0, outputs * width * height);
  for (let k = 0; k < outputs; k++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < half; column++) {
        const share = error[(k * rows + row) * half + column]! / 4;
        const to = (k * height + 2 * row) * width + 2 * column;
        inputError[to] = share;
        inputError[to + 1] = share;
        inputError[to + width] = share;
        inputError[to + width + 1] = share;
      }
    }
  }
}
