/** The share of right answers of a trained model on the test rows of all hospitals together. */
import { networkShape } from '@consilium/shared/federation';
import { networkOutputs } from '@consilium/shared/models';
import type { Plan } from '@consilium/shared/study';
import type { Trained } from './trained.ts';

/**
 * Accuracy at a risk of one half on all test rows.
 *
 * @param scale - How test rows are scaled before they are scored, whatever the plan trained on.
 */
export function pooledAccuracy(plan: Plan, { network, rows }: Trained, scale: Plan['preprocess']['scale']): number {
  let [right, all] = [0, 0];
  for (const { test, names } of rows(scale)) {
    const logits = networkOutputs(networkShape(plan, names), network.weights, test);
    for (let row = 0; row < test.rows; row++) right += logits[row]! > 0 === (test.y[row] === 1) ? 1 : 0;
    all += test.rows;
  }
  return right / all;
}
