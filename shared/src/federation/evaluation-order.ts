/** Which models are evaluated, and in which order: the exact fit before the network beside it, then the fits beside both. */
import { type Plan, trainsByRounds } from '../study/index.ts';
import { exactFits, MAIN_FIT } from './exact-fits.ts';
import { asksJudgement, canConform } from './judged.ts';
import type { ModelLabel, ProgrammeState, StageName } from './programme-state.ts';
import { required } from './required.ts';
import { lastStages } from './stages/effect.ts';

/** Labels of every model that can be evaluated; a fit without an answer is passed over. */
export function evaluatedLabels(plan: Plan, { newton, network, beside, scaling }: ProgrammeState): readonly ModelLabel[] {
  const isFitted = newton?.converged === true;
  const main = network !== null ? [...(isFitted ? ['exact'] : []), 'federated'] : isFitted ? ['federated'] : [];
  const others = exactFits(plan, required(scaling, 'scaling'))
    .map(({ label }) => label)
    .filter((label) => label !== MAIN_FIT && beside[label]?.converged === true);
  return [...main, ...others];
}

/** How many models a plan evaluates if every fit has an answer. */
export const usualLabels = (plan: Plan): number =>
  (trainsByRounds(plan) ? 1 : 0) + plan.outcomes.reduce((count, { task }) => count + (task === 'time-to-event' ? 2 : 1), 0);

/** The evaluation that comes next, or what follows the last. */
export function nextEvaluation(plan: Plan, state: ProgrammeState): StageName {
  const label = evaluatedLabels(plan, state).find((candidate) => state.evaluations[candidate] === undefined);
  if (label !== undefined) return { kind: 'evaluation', label };
  if (canConform(plan, state)) return { kind: 'conformal' };
  return asksJudgement(plan, state) ? { kind: 'judgement' } : lastStages(plan, state);
}
