/** The site's own policy, held against plan, list of hospitals and rows: asked before a plan is signed and before each round. */
import type { Roster } from '../protocol/index.ts';
import { brokenPolicy, effectivePolicy, type Plan, type PolicyRule, type SitePolicy } from '../study/index.ts';
import { largestModel } from './plan-size.ts';
import type { LoadedRows } from './site-rows.ts';

export interface PolicyGuard {
  /** Fewest contributors this site accepts, whatever the coordinator says. */
  minimum(): number;
  /** The limit that is broken now, or null. */
  broken(roster: Roster | null, loaded: LoadedRows | null): PolicyRule | null;
  /** Limits can change at any time; the next question is judged by the new ones. */
  set(policy: SitePolicy): void;
}

/** @param isOwnBundle - Whether the pages come from another server than the coordinator. */
export function policyGuard(plan: Plan, initial: SitePolicy, isOwnBundle: boolean): PolicyGuard {
  let policy = initial;
  return {
    minimum: () => effectivePolicy(plan, policy).minContributors,
    broken: (roster, loaded) => {
      const parameters = policy.parametersPerPatient === null ? null : largestModel(plan);
      return brokenPolicy(plan, policy, {
        hospitals: roster?.sites.length ?? null,
        trainingRows: loaded?.report.split.train ?? null,
        parameters,
        isOwnBundle,
      });
    },
    set(next) {
      policy = next;
    },
  };
}
