/** Half the squared error of a number from one output: linear regression by rounds. */
import type { Loss, OutcomeScale } from './loss.ts';

/** @param scale - Mean and SD the outcome is standardised by; 0 and 1 when absent. */
export const squaredLoss = ({ mean = 0, sd = 1 }: OutcomeScale = {}): Loss => ({
  kind: 'squared',
  outputs: 1,
  error: (outputs, rows, batch, error) => {
    let total = 0;
    const share = 1 / batch.length;
    for (let i = 0; i < batch.length; i++) {
      const deviation = outputs[i]! - (rows.y[batch[i]!]! - mean) / sd;
      error[i] = deviation * share;
      total += 0.5 * deviation * deviation;
    }
    return total * share;
  },
});
