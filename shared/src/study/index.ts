/** The study plan: its schema, its text form, its hash, and its description in words. */
export { canonicalJson } from './canonical-json.ts';
export { describePlan } from './describe-plan.ts';
export { type JsonSchema, planJsonSchema } from './json-schema.ts';
export { formatPlanErrors, type PlanResult, parsePlan, parsePlanValue } from './parse-plan.ts';
export {
  harmOutcomes,
  minimumContributors,
  type Plan,
  patientColumnOf,
  patientKeyOf,
  planSchema,
  primaryOutcome,
  splitColumnOf,
  tableSpec,
  trainsByRounds,
} from './plan.ts';
export { type PlanChange, type PlanDifference, planDifference } from './plan-difference.ts';
export type { PlanError } from './plan-errors.ts';
export { planHash } from './plan-hash.ts';
export { type PlanSource, rowSource, sourceSchema } from './plan-source.ts';
export { adjustedFeatures, type Treatment } from './plan-treatment.ts';
export {
  brokenPolicy,
  DEFAULT_POLICY,
  effectivePolicy,
  POLICY_RULES,
  POLICY_TASKS,
  type PolicyFacts,
  type PolicyRule,
  type PolicyTask,
  type SitePolicy,
  sitePolicySchema,
  tasksOf,
} from './site-policy.ts';
