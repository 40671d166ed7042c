/** What of a study can be judged beyond its evaluation, known before any model is fitted, so that no part is a sum of too few hospitals. */
import { FEWEST_SITES, groupCells, hiddenGroups, type Promotion, withNeighbour } from '../evaluation/index.ts';
import { subgroupsOf } from '../preparation/index.ts';
import { minimumContributors, type Plan, primaryOutcome, trainsByRounds } from '../study/index.ts';
import type { JudgedSites, ModelLabel, ProgrammeState } from './programme-state.ts';
import type { SiteRows } from './stage.ts';

/** A linear model of times to an event orders patients and says nothing of their risks: it has no loss that the exact hazard's compares with. */
const hasLoss = (plan: Plan): boolean => primaryOutcome(plan).task !== 'time-to-event' || plan.model.kind !== 'linear';
const asksPromotion = (plan: Plan): boolean => trainsByRounds(plan) && hasLoss(plan);

/** Whether an interval from residuals is asked for: of a measured outcome, in a plan that may keep validation rows. */
export const asksConformal = (plan: Plan): boolean =>
  primaryOutcome(plan).task === 'regression' &&
  !((plan.split.by === 'patient-id' || plan.split.by === 'row') && plan.split.validation === 0);
const countsValidation = (plan: Plan): boolean => asksPromotion(plan) || asksConformal(plan);

/** Whether it is still to come, and enough hospitals have validation rows. */
export const canConform = (plan: Plan, { conformal, evaluations, judged }: ProgrammeState): boolean =>
  asksConformal(plan) &&
  conformal === null &&
  evaluations.federated !== undefined &&
  (judged?.validation ?? 0) >= minimumContributors(plan);

/** Validation rows that tell something of a model's scale: of times to an event, those that saw it. A site counts with enough of them. */
export function hasValidation(plan: Plan, outcomes: ArrayLike<number>): boolean {
  const told = primaryOutcome(plan).task === 'time-to-event' ? Array.from(outcomes).filter((event) => event === 1) : outcomes;
  return told.length >= Math.max(1, plan.evaluation.smallestCell);
}

/** Entries that follow the informative sites in the first sum: per group whether it is shown and whether it is there, then validation rows. */
export const judgedLength = (plan: Plan): number =>
  subgroupsOf(plan).reduce((sum, { groups }) => sum + 2 * groups.length, 0) + Number(countsValidation(plan));

/** One site's part. */
export function judgedEntries(plan: Plan, rows: SiteRows): number[] {
  const floor = plan.evaluation.smallestCell;
  const declared = subgroupsOf(plan);
  const validation = countsValidation(plan) ? [Number(hasValidation(plan, rows.validationOutcomes()))] : [];
  if (declared.length === 0) return validation;
  const { labels, groups } = rows.testGroups();
  const ofGroups = groups.flatMap((own, feature) => {
    const cells = groupCells(classesOf(plan), labels, own, declared[feature]!.groups.length);
    const hidden = hiddenGroups(cells, floor);
    return cells.flatMap(({ n }, group) => [Number(n > 0 && !hidden[group]), Number(n > 0)]);
  });
  return [...ofGroups, ...validation];
}

/** What of the outcome decides how small a group is. */
export function classesOf(plan: Plan): Parameters<typeof groupCells>[0] {
  const outcome = primaryOutcome(plan);
  return outcome.task === 'multiclass' ? { task: outcome.task, classes: outcome.codes.length } : { task: outcome.task };
}

/** Reads the sum of `judgedEntries`. */
export function readJudged(plan: Plan, sums: ArrayLike<number>): JudgedSites {
  let at = 0;
  const next = (): number => Math.round(sums[at++]!);
  const groups = subgroupsOf(plan).map((declared) => declared.groups.map(() => ({ shown: next(), present: next() })));
  return { groups, validation: countsValidation(plan) ? next() : 0 };
}

/** Groups that too few hospitals would share; one alone takes the group of the fewest hospitals with it. */
export function withheldGroups(plan: Plan, { judged }: ProgrammeState): boolean[][] {
  const minimum = minimumContributors(plan);
  return (judged?.groups ?? []).map((groups) =>
    withNeighbour(
      groups.map(({ shown, present }) => present > 0 && shown < minimum),
      groups.map(({ shown }) => shown),
    ),
  );
}

/** Models of the primary outcome: the plan's and, beside a network, the exact one. */
export const judgedLabels = (state: ProgrammeState): readonly ModelLabel[] =>
  ['exact', 'federated'].filter((label) => state.evaluations[label] !== undefined);

/** Fewest hospitals with a figure from which its spread is told. */
export const fewestFigures = (plan: Plan): number => Math.max(FEWEST_SITES, minimumContributors(plan));

/** Whether enough hospitals have enough of both classes to tell how a figure spreads over them. */
export const hasAcrossSites = (plan: Plan, { informative }: ProgrammeState): boolean =>
  (informative[primaryOutcome(plan).name]?.both ?? 0) >= fewestFigures(plan);

/** Whether there is a network beside an exact model, and enough hospitals have validation rows. */
export const canPromote = (plan: Plan, state: ProgrammeState): boolean =>
  asksPromotion(plan) &&
  state.network !== null &&
  state.newton?.converged === true &&
  (state.judged?.validation ?? 0) >= minimumContributors(plan);

/** Why a network was never compared with the exact model beside it; null where it was, or where there is nothing to compare. */
export function whyNotCompared(plan: Plan, state: ProgrammeState): Promotion['reason'] | null {
  if (!trainsByRounds(plan) || state.network === null || canPromote(plan, state)) return null;
  if (!hasLoss(plan)) return 'no-loss';
  return state.newton?.converged === true ? 'no-rows' : 'no-exact';
}

/** Whether anything is left to ask once all models are evaluated. */
export const asksJudgement = (plan: Plan, state: ProgrammeState): boolean =>
  judgedLabels(state).length > 0 && (subgroupsOf(plan).length > 0 || hasAcrossSites(plan, state) || canPromote(plan, state));

/** Whether these counts hold for any contributors, as `isSharedInAnyCohort`. */
export function isJudgedInAnyCohort(plan: Plan, { judged, sites }: ProgrammeState): boolean {
  const minimum = minimumContributors(plan);
  const isSafe = (count: number): boolean => count < minimum || count === sites;
  return judged === null || (judged.groups.flat().every(({ shown }) => isSafe(shown)) && isSafe(judged.validation));
}
