/**
 * A hospital's own limits on what it takes part in, whatever the plan allows. Pure: the tab keeps them, the chamber enforces them.
 *
 * Rule: a limit can be as strict as a hospital likes and never laxer than the plan. Source: protocol.md §2, "Site policy".
 */
import { z } from 'zod';
import { minimumContributors, type Plan } from './plan.ts';

/** What a plan can ask for; `effect` is the effect of a treatment. */
export const POLICY_TASKS = ['binary', 'multiclass', 'regression', 'count', 'time-to-event', 'effect'] as const;
export type PolicyTask = (typeof POLICY_TASKS)[number];

export const sitePolicySchema = z.strictObject({
  minContributors: z.int().min(3).max(1000).describe('fewest hospitals in any sum this hospital is part of'),
  smallestCell: z.int().min(1).max(1000).describe('a plan that shows groups of fewer patients than this is refused'),
  largestEpsilon: z.number().gt(0).max(1000).nullable().describe('largest epsilon of a plan; null: plans without noise are accepted too'),
  tasks: z.array(z.enum(POLICY_TASKS)).describe('what may be fitted'),
  parametersPerPatient: z
    .number()
    .gt(0)
    .max(1e9)
    .nullable()
    .describe('most numbers of the largest model for each of this hospital’s training patients; null: any'),
  ownBundle: z.boolean().describe('take part only from pages that this hospital serves itself'),
});

export type SitePolicy = z.output<typeof sitePolicySchema>;

/** The limits of a hospital that has set none. */
export const DEFAULT_POLICY: SitePolicy = {
  minContributors: 3,
  smallestCell: 10,
  largestEpsilon: null,
  tasks: [...POLICY_TASKS],
  parametersPerPatient: null,
  ownBundle: false,
};

/** Which limit a plan or a list of hospitals breaks. */
export const POLICY_RULES = ['contributors', 'cell', 'epsilon', 'tasks', 'parameters', 'own-bundle'] as const;
export type PolicyRule = (typeof POLICY_RULES)[number];

/** What is known beside the plan; null where it is not known yet. */
export interface PolicyFacts {
  /** Hospitals on the list. */
  readonly hospitals: number | null;
  /** Numbers in the largest model. */
  readonly parameters: number | null;
  /** This hospital's training patients. */
  readonly trainingRows: number | null;
  /** Whether the pages come from another server than the coordinator. */
  readonly isOwnBundle: boolean;
}

/**
 * The limits in force: a plan's own are never undercut.
 *
 * @example effectivePolicy(plan, DEFAULT_POLICY).minContributors // max(3, colluders + 2, the plan's, the policy's)
 */
export function effectivePolicy(plan: Plan, policy: SitePolicy): SitePolicy {
  return { ...policy, minContributors: Math.max(policy.minContributors, minimumContributors(plan)) };
}

/**
 * The first limit that is broken, or null.
 *
 * @param facts - A fact that is not known yet breaks nothing.
 */
export function brokenPolicy(plan: Plan, policy: SitePolicy, facts: PolicyFacts): PolicyRule | null {
  const { minContributors } = effectivePolicy(plan, policy);
  const allowed = new Set<PolicyTask>(policy.tasks);
  const { hospitals, parameters, trainingRows } = facts;
  if (policy.ownBundle && !facts.isOwnBundle) return 'own-bundle';
  if (tasksOf(plan).some((task) => !allowed.has(task))) return 'tasks';
  if (plan.evaluation.smallestCell < policy.smallestCell) return 'cell';
  // A plan without noise bounds no epsilon at all.
  if (policy.largestEpsilon !== null && plan.privacy.kind === 'none') return 'epsilon';
  if (hospitals !== null && hospitals < minContributors) return 'contributors';
  const limit = policy.parametersPerPatient;
  if (limit !== null && parameters !== null && trainingRows !== null && parameters > limit * trainingRows) return 'parameters';
  return null;
}

/** What a plan asks for. */
export function tasksOf(plan: Plan): readonly PolicyTask[] {
  return [...new Set<PolicyTask>([...plan.outcomes.map(({ task }) => task), ...(plan.treatment === null ? [] : (['effect'] as const))])];
}
