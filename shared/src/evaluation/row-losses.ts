/**
 * The log-loss of each row by what a model says of it, whatever the task: what a network and the exact model beside it are compared by.
 *
 * Rule: a row's loss is within ±MOST_LOSS, that of a probability of 1e-15, so that one sure mistake counts and no row decides alone.
 */
import { logGamma } from '../training/index.ts';
import type { Predictions, Truth } from './predictions.ts';
import { clipProbability, LEAST_PROBABILITY, logLossOfScore } from './scores.ts';
import { survivalLosses } from './survival/survival-losses.ts';
import { LEAST_SPREAD } from './tasks/regression.ts';
import type { OutcomeShape } from './tasks/task-evaluation.ts';

export const MOST_LOSS = -Math.log(LEAST_PROBABILITY);

/**
 * @param truth - `y` by task as in a checked table, shape (n,).
 * @param shape - Of the outcome; the loss of a quantity is in units of its half range.
 * @returns In nats, shape (n,); null for a ranking, which gives no probability of anything.
 */
export function rowLosses(predictions: Predictions, truth: Truth, shape: OutcomeShape): Float64Array | null {
  const losses = lossesOf(predictions, truth, shape);
  return losses?.map((loss) => Math.max(-MOST_LOSS, Math.min(MOST_LOSS, loss))) ?? null;
}

function lossesOf(predictions: Predictions, truth: Truth, shape: OutcomeShape): Float64Array | null {
  const { y } = truth;
  switch (predictions.task) {
    case 'binary':
      return predictions.probability.map((score, i) => logLossOfScore(score, y[i]!));
    case 'multiclass': {
      const { classes, probability } = predictions;
      return Float64Array.from(y, (own, i) => -Math.log(clipProbability(probability[i * classes + own]!)));
    }
    case 'regression': {
      const half = shape.task === 'regression' ? (shape.range[1] - shape.range[0]) / 2 : 1;
      return predictions.mean.map((mean, i) => {
        const spread = Math.max(LEAST_SPREAD, predictions.sd[i]! / half);
        const error = (y[i]! - mean) / half;
        return 0.5 * Math.log(2 * Math.PI * spread * spread) + (error * error) / (2 * spread * spread);
      });
    }
    case 'count':
      return predictions.mean.map((mean, i) => {
        const expected = Math.max(1e-12, mean);
        return expected - y[i]! * Math.log(expected) + logGamma(y[i]! + 1);
      });
    case 'time-to-event':
      return survivalLosses(predictions, truth);
    case 'ranking':
      return null;
  }
}
