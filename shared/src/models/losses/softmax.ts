/** Cross-entropy of one of K classes from K logits; the outcome is the class's index. Optionally with a weight a class. */
import type { Loss } from './loss.ts';

/** @param classWeights - One a class; all 1 when absent. @throws RangeError with fewer than two classes. */
export function softmaxLoss(classes: number, classWeights?: readonly number[]): Loss {
  if (!(Number.isInteger(classes) && classes >= 2)) throw new RangeError(`softmaxLoss: expected two classes or more, got ${classes}`);
  return {
    kind: 'softmax',
    outputs: classes,
    error: (outputs, rows, batch, error) => {
      let total = 0;
      const share = 1 / batch.length;
      for (let i = 0; i < batch.length; i++) {
        const at = i * classes;
        const y = rows.y[batch[i]!]!;
        const weight = classWeights?.[y] ?? 1;
        const top = logSumExp(outputs, at, classes);
        for (let k = 0; k < classes; k++) error[at + k] = (Math.exp(outputs[at + k]! - top) - (k === y ? 1 : 0)) * weight * share;
        total += weight * (top - outputs[at + y]!);
      }
      return total * share;
    },
  };
}

/** log Σ eᵃ over `count` entries from `start`, without overflow. */
export function logSumExp(values: Float64Array, start: number, count: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) most = Math.max(most, values[start + k]!);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(values[start + k]! - most);
  return most + Math.log(sum);
}

/** Class probabilities of every row, row-major, shape (rows, classes). */
export function softmaxProbabilities(outputs: Float64Array, classes: number): Float64Array {
  const result = new Float64Array(outputs.length);
  for (let at = 0; at < outputs.length; at += classes) {
    const top = logSumExp(outputs, at, classes);
    for (let k = 0; k < classes; k++) result[at + k] = Math.exp(outputs[at + k]! - top);
  }
  return result;
}
