/** A small study of the demo's hospitals for tests of simulations without masks. */
import { type Plan, parsePlan, planHash } from '@consilium/shared/study';
import type { SiteInput } from '@consilium/simulations';
import { DEMO_PROFILES, demoPlan, makeCohort } from '@consilium/simulations/cohorts';
import { createShard, type FastFederation, type FastInput, federateFast } from '@consilium/simulations/fast';

/** The demo's plan with three update rounds. */
export function smallPlan(kind: 'linear' | 'mlp'): Plan {
  const parsed = parsePlan(demoPlan(kind), 'demo.yaml');
  if (!parsed.ok) throw new Error('the demo plan does not parse');
  return { ...parsed.plan, rounds: { ...parsed.plan.rounds, count: 3 } };
}

/** The four made-up hospitals with 120 patients each. */
export const fourSites: readonly SiteInput[] = makeCohort({
  sites: DEMO_PROFILES.map((profile) => ({ ...profile, patients: 120 })),
  seed: 3,
}).sites.map(({ id, name, csv }) => ({ id, name, csv: new TextEncoder().encode(csv) }));

/** @param division - The shard of each site, by number. */
export function fastInThisThread(
  plan: Plan,
  sites: readonly SiteInput[],
  division: readonly number[],
  more: Partial<FastInput> = {},
): Promise<FastFederation> {
  const hash = planHash(plan);
  const shards = [...new Set(division)].map((shard) => {
    const own = sites.flatMap((input, index) => (division[index] === shard ? [{ index, input }] : []));
    return createShard({ plan, planHash: hash, sites: own, splitCsv: null, backend: 'plain' });
  });
  return federateFast({ plan, planHash: hash, sites, shards, ...more });
}
