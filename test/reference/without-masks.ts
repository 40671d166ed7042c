/** A whole federation in this thread without masks, for tests that are not about them: every released sum is the same bits. */
import { type Plan, planHash } from '@consilium/shared/study';
import type { StudyInput } from '@consilium/simulations';
import { createShard, type FastFederation, type FastInput, federateFast } from '@consilium/simulations/fast';

export function federateWithoutMasks(plan: Plan, { sites, splitCsv }: StudyInput, more: Partial<FastInput> = {}): Promise<FastFederation> {
  const hash = planHash(plan);
  const all = sites.map((input, index) => ({ index, input }));
  const shard = createShard({ plan, planHash: hash, sites: all, splitCsv, backend: 'plain' });
  return federateFast({ plan, planHash: hash, sites, shards: [shard], ...more });
}
