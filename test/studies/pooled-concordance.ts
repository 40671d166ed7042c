/** Harrell's C of a trained survival model on the test rows of all hospitals together. */
import { concordance } from '@consilium/shared/evaluation';
import { networkShape } from '@consilium/shared/federation';
import { networkOutputs } from '@consilium/shared/models';
import { poolParts } from '@consilium/shared/preparation';
import type { Plan } from '@consilium/shared/study';
import type { Trained } from './trained.ts';

export function pooledConcordance(plan: Plan, { network, rows }: Trained): number {
  const parts = rows(plan.preprocess.scale);
  const test = poolParts(parts.map((part) => part.test));
  const scores = networkOutputs(networkShape(plan, parts[0]?.names ?? []), network.weights, test);
  return concordance(scores, test.time ?? [], test.y) ?? Number.NaN;
}
