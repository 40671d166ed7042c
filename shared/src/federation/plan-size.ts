/** How large the largest model of a plan can become, before any sum is known. */
import { networkOf } from '../models/index.ts';
import { designColumns } from '../preparation/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import { networkShape } from './network-shape.ts';

/**
 * Numbers in the largest model of a plan: the network where there is one, or the exact fit. Columns that turn out to be constant, and
 * intervals without enough events, make it smaller later, never larger.
 */
export function largestModel(plan: Plan): number {
  const columns = designColumns(plan).map(({ name }) => name);
  return Math.max(exactSize(plan, columns.length), plan.algorithm.kind === 'newton' ? 0 : networkSize(plan, columns));
}

function networkSize(plan: Plan, columns: readonly string[]): number {
  const outcome = primaryOutcome(plan);
  if (outcome.task !== 'time-to-event') return networkOf(networkShape(plan, columns)).length;
  const cuts = Array.from({ length: outcome.intervals }, (_, at) => at + 1);
  return networkOf(
    networkShape(plan, columns, {
      [outcome.name]: { task: 'time-to-event', observed: 0, events: 0, cuts, eventsByHorizon: 0, meanFollowUp: 0 },
    }),
  ).length;
}

function exactSize(plan: Plan, columns: number): number {
  const outcome = primaryOutcome(plan);
  if (outcome.task === 'multiclass') return (outcome.codes.length - 1) * (columns + 1);
  return columns + (outcome.task === 'time-to-event' ? outcome.intervals : 1);
}
