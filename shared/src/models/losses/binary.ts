/** Cross-entropy of a 0/1 outcome from one logit, optionally with a weight a class. */
import { sigmoid } from '../linear.ts';
import { type Loss, softplus } from './loss.ts';

/**
 * @param classWeights - Weights of non-events and events; both 1 when absent. The mean still divides by the number of rows.
 * @example binaryLoss().error(Float64Array.of(0), { x: Float64Array.of(0), y: Float64Array.of(1), rows: 1, width: 1 }, Uint32Array.of(0), new Float64Array(1)) // 0.6931471805599453
 */
export function binaryLoss(classWeights: readonly [number, number] = [1, 1]): Loss {
  return {
    kind: 'binary',
    outputs: 1,
    error: (outputs, rows, batch, error) => {
      let total = 0;
      const share = 1 / batch.length;
      for (let i = 0; i < batch.length; i++) {
        const logit = outputs[i]!;
        const y = rows.y[batch[i]!]!;
        const weight = classWeights[y === 1 ? 1 : 0];
        error[i] = (sigmoid(logit) - y) * weight * share;
        total += weight * (softplus(logit) - y * logit);
      }
      return total * share;
    },
  };
}
