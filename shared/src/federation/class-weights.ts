/** The weights of the classes in a network's training; by the plan, or by how many training rows each class has at all sites. */
import type { OutcomeScaling } from '../preparation/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';

/** Whether the plan weighs classes, so that its network must be recalibrated. */
export const weighsClasses = ({ algorithm }: Plan): boolean => algorithm.kind !== 'newton' && algorithm.classWeights !== 'none';

/** @returns One weight a class, or null where classes are not weighed. `balanced`: n / (classes · n of the class), 1 for a class without rows. */
export function classWeightsOf(plan: Plan, outcomes: { readonly [outcome: string]: OutcomeScaling }): readonly number[] | null {
  const { algorithm } = plan;
  if (algorithm.kind === 'newton' || algorithm.classWeights === 'none') return null;
  if (algorithm.classWeights !== 'balanced') return algorithm.classWeights;
  const known = outcomes[primaryOutcome(plan).name];
  const counts =
    known?.task === 'binary' ? [known.observed - known.events, known.events] : known?.task === 'multiclass' ? known.counts : [];
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.length === 0 ? null : counts.map((count) => (count > 0 ? all / (counts.length * count) : 1));
}
