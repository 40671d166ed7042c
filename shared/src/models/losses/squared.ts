/** Half the squared error of a number from one output: linear regression by rounds. */
import type { Loss } from './loss.ts';

export const squaredLoss: Loss = {
  kind: 'squared',
  outputs: 1,
  error: (outputs, rows, batch, error) => {
    let total = 0;
    const share = 1 / batch.length;
    for (let i = 0; i < batch.length; i++) {
      const deviation = outputs[i]! - rows.y[batch[i]!]!;
      error[i] = deviation * share;
      total += 0.5 * deviation * deviation;
    }
    return total * share;
  },
};
