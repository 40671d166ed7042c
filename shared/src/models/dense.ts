/** One fully connected layer over a batch, forward and back. Source: Rumelhart, Hinton and Williams 1986. */

/** Where a layer lies in the flat vector. */
export interface DensePlace {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernelStart: number;
  readonly biasStart: number;
}

/** output = input · W + b for `rows` rows; both row-major. */
export function denseForward(place: DensePlace, weights: Float64Array, input: Float64Array, output: Float64Array, rows: number): void {
  const { inputs, outputs, kernelStart, biasStart } = place;
  for (let row = 0; row < rows; row++) {
    const to = row * outputs;
    for (let k = 0; k < outputs; k++) output[to + k] = weights[biasStart + k]!;
    for (let j = 0; j < inputs; j++) {
      const value = input[row * inputs + j]!;
      if (value === 0) continue;
      const from = kernelStart + j * outputs;
      for (let k = 0; k < outputs; k++) output[to + k]! += value * weights[from + k]!;
    }
  }
}

/**
 * Adds the layer's part of the gradient and, if asked, writes the error at its input.
 *
 * @param skipZeros - The input came out of a ReLU: where it is 0, the error at the unit below is 0 whatever the weights.
 */
export function denseBackward(
  place: DensePlace,
  weights: Float64Array,
  input: Float64Array,
  error: Float64Array,
  gradient: Float64Array,
  rows: number,
  inputError: Float64Array | null,
  skipZeros: boolean,
): void {
  const { inputs, outputs, kernelStart, biasStart } = place;
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    for (let k = 0; k < outputs; k++) gradient[biasStart + k]! += error[at + k]!;
    for (let j = 0; j < inputs; j++) {
      const value = input[row * inputs + j]!;
      if (inputError !== null) inputError[row * inputs + j] = 0;
      if (value === 0 && (skipZeros || inputError === null)) continue;
      const from = kernelStart + j * outputs;
      if (inputError === null) {
        for (let k = 0; k < outputs; k++) gradient[from + k]! += value * error[at + k]!;
        continue;
      }
      let sum = 0;
      for (let k = 0; k < outputs; k++) {
        gradient[from + k]! += value * error[at + k]!;
        sum += weights[from + k]! * error[at + k]!;
      }
      inputError[row * inputs + j] = sum;
    }
  }
}
