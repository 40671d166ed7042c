/** A plan run with the product's masked rounds, and the share of right answers on the test rows of all hospitals together. */
import { networkShape } from '@consilium/shared/federation';
import { networkOutputs } from '@consilium/shared/models';
import { prepare, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { type Plan, tableSpec } from '@consilium/shared/study';
import { federate, type StudyInput } from '@consilium/simulations';

/**
 * Accuracy at a risk of one half on all test rows.
 *
 * @param scale - How test rows are scaled before they are scored, whatever the plan trained on.
 */
export async function pooledAccuracy(plan: Plan, data: StudyInput, scales: readonly Plan['preprocess']['scale'][]): Promise<number[]> {
  const { programme } = await federate({ plan, ...data, backend: 'plain' });
  const { network, scaling } = programme;
  if (network === null || scaling === null) throw new Error('pooledAccuracy: expected a plan that trains by rounds');
  const splitFile = data.splitCsv === null ? null : readCsv(data.splitCsv);
  return scales.map((scale) => {
    let [right, rows] = [0, 0];
    for (const { id, csv } of data.sites) {
      const table = checkTable(readCsv(csv), tableSpec(plan));
      const scored = { ...plan, preprocess: { ...plan.preprocess, scale } };
      const { test, names } = prepare(scored, table, splitRows(plan, table, id, splitFile).sets, scaling);
      const logits = networkOutputs(networkShape(plan, names), network.weights, test);
      for (let row = 0; row < test.rows; row++) right += logits[row]! > 0 === (test.y[row] === 1) ? 1 : 0;
      rows += test.rows;
    }
    return right / rows;
  });
}

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation with n − 1. */
export function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}
