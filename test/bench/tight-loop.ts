/**
 * The limit of local training: gradient descent for a network of two hidden layers, written for its shape alone, in float64 on typed
 * arrays. No shuffle, no checks, no general layers.
 */

/** Where each layer's kernel and bias lie in the flat weights, as the product has them. */
export interface TightNetwork {
  readonly inputs: number;
  readonly first: number;
  readonly second: number;
  readonly weights: Float64Array;
}

/** One pass over all rows in order; changes the weights. */
export function tightEpoch(network: TightNetwork, x: Float64Array, y: Float64Array, batchSize: number, learningRate: number): void {
  const { inputs, first, second, weights } = network;
  const bias1 = inputs * first;
  const kernel2 = bias1 + first;
  const bias2 = kernel2 + first * second;
  const kernel3 = bias2 + second;
  const bias3 = kernel3 + second;
  const a1 = new Float64Array(first);
  const a2 = new Float64Array(second);
  const d1 = new Float64Array(first);
  const d2 = new Float64Array(second);
  const gradient = new Float64Array(weights.length);
  for (let start = 0; start < y.length; start += batchSize) {
    const end = Math.min(start + batchSize, y.length);
    gradient.fill(0);
    for (let row = start; row < end; row++) {
      for (let k = 0; k < first; k++) a1[k] = weights[bias1 + k]!;
      for (let j = 0; j < inputs; j++) {
        const value = x[row * inputs + j]!;
        for (let k = 0; k < first; k++) a1[k]! += value * weights[j * first + k]!;
      }
      for (let k = 0; k < second; k++) a2[k] = weights[bias2 + k]!;
      for (let j = 0; j < first; j++) {
        const value = a1[j]!;
        if (value <= 0) continue;
        for (let k = 0; k < second; k++) a2[k]! += value * weights[kernel2 + j * second + k]!;
      }
      let logit = weights[bias3]!;
      for (let j = 0; j < second; j++) if (a2[j]! > 0) logit += a2[j]! * weights[kernel3 + j]!;
      const error = 1 / (1 + Math.exp(-logit)) - y[row]!;
      gradient[bias3]! += error;
      for (let j = 0; j < second; j++) {
        d2[j] = a2[j]! > 0 ? error * weights[kernel3 + j]! : 0;
        if (a2[j]! > 0) gradient[kernel3 + j]! += error * a2[j]!;
        gradient[bias2 + j]! += d2[j]!;
      }
      for (let j = 0; j < first; j++) {
        const value = a1[j]!;
        d1[j] = 0;
        if (value <= 0) continue;
        let sum = 0;
        for (let k = 0; k < second; k++) {
          sum += weights[kernel2 + j * second + k]! * d2[k]!;
          gradient[kernel2 + j * second + k]! += value * d2[k]!;
        }
        d1[j] = sum;
      }
      for (let k = 0; k < first; k++) gradient[bias1 + k]! += d1[k]!;
      for (let j = 0; j < inputs; j++) {
        const value = x[row * inputs + j]!;
        for (let k = 0; k < first; k++) gradient[j * first + k]! += value * d1[k]!;
      }
    }
    const step = learningRate / (end - start);
    for (let i = 0; i < weights.length; i++) weights[i]! -= step * gradient[i]!;
  }
}
