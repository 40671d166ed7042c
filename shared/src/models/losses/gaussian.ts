/**
 * Negative log-likelihood of a number under a normal distribution whose mean and log-variance are the two outputs.
 * Source: Nix and Weigend 1994. The log-variance is held within ±10, so that one perfect row cannot make the loss endless.
 */
import type { Loss, OutcomeScale } from './loss.ts';

const LIMIT = 10;
const LOG_TWO_PI = Math.log(2 * Math.PI);

/** The log-variance that counts, for an output. */
export const boundedLogVariance = (output: number): number => Math.max(-LIMIT, Math.min(LIMIT, output));

/** @param scale - Mean and SD the outcome is standardised by; 0 and 1 when absent. */
export const gaussianLoss = ({ mean = 0, sd = 1 }: OutcomeScale = {}): Loss => ({
  kind: 'gaussian',
  outputs: 2,
  error: (outputs, rows, batch, error) => {
    let total = 0;
    const share = 1 / batch.length;
    for (let i = 0; i < batch.length; i++) {
      const deviation = outputs[2 * i]! - (rows.y[batch[i]!]! - mean) / sd;
      const written = outputs[2 * i + 1]!;
      const logVariance = boundedLogVariance(written);
      const precision = Math.exp(-logVariance);
      error[2 * i] = deviation * precision * share;
      error[2 * i + 1] = written === logVariance ? 0.5 * (1 - deviation * deviation * precision) * share : 0;
      total += 0.5 * (LOG_TWO_PI + logVariance + deviation * deviation * precision);
    }
    return total * share;
  },
});
