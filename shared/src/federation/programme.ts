/**
 * The whole study as a sequence of secure sums: statistics, the exact fit, the update rounds of a network, the
 * evaluation of each model on the test rows, and one that closes the study. Pure: coordinator, hospitals and simulator run these same functions.
 */
import type { Query } from '../protocol/index.ts';
import type { EncodedVector } from '../secagg/index.ts';
import { type Plan, trainsByRounds } from '../study/index.ts';
import { weighsClasses } from './class-weights.ts';
import { withContributors } from './contributors.ts';
import { usualLabels } from './evaluation-order.ts';
import type { ProgrammeState, StageName } from './programme-state.ts';
import type { Stage } from './stage.ts';
import { calibration } from './stages/calibration.ts';
import { closing } from './stages/closing.ts';
import { conformal } from './stages/conformal.ts';
import { effect } from './stages/effect.ts';
import { evaluation } from './stages/evaluation.ts';
import { judgement } from './stages/judgement.ts';
import { newton } from './stages/newton.ts';
import { recalibration } from './stages/recalibration.ts';
import { statistics } from './stages/statistics.ts';
import { update } from './stages/update.ts';
import { validation } from './stages/validation.ts';

const STAGES: Record<Exclude<StageName['kind'], 'done'>, Stage> = {
  statistics,
  newton,
  update,
  validation,
  recalibration,
  conformal,
  evaluation,
  calibration,
  judgement,
  effect,
  closing,
};

/** The stage that comes next, or null when the study is done. */
export const stageOf = (state: ProgrammeState): Stage | null => (state.stage.kind === 'done' ? null : STAGES[state.stage.kind]);

/** What the next secure sum asks, or null when the study is done. */
export const nextQuery = (plan: Plan, state: ProgrammeState): Query | null => stageOf(state)?.query(plan, state) ?? null;

/** What the released sum of the current stage teaches. */
export function advance(plan: Plan, state: ProgrammeState, sum: EncodedVector, survivors: readonly number[]): ProgrammeState {
  const stage = stageOf(state);
  if (stage === null) throw new TypeError('advance: the study is done');
  return withContributors(stage.advance(plan, state, sum, survivors), state.stage, survivors);
}

/** How many more sums there will be: exact for update rounds, a usual figure for fits that iterate. */
export function expectedSums(plan: Plan, state: ProgrammeState): number {
  const labels = usualLabels(plan);
  const evaluated = Object.values(state.evaluations);
  const finished = evaluated.filter(
    (item) => item.calibration !== null && (item.calibration.converged || item.calibration.failure !== null),
  ).length;
  const fits = labels - (trainsByRounds(plan) ? 1 : 0);
  const calibrating = state.stage.kind === 'calibration' ? 1 : 0;
  const evaluations =
    (labels - finished - calibrating) * (1 + USUAL_ITERATIONS) + calibrating * USUAL_ITERATIONS + 1 + usualEffectSums(plan);
  const again = weighsClasses(plan) ? USUAL_ITERATIONS : 0;
  const updates = trainsByRounds(plan) ? plan.rounds.count + looks(plan, 0) + again : 0;
  switch (state.stage.kind) {
    case 'statistics':
      return 1 + fits * USUAL_ITERATIONS + updates + evaluations;
    case 'newton':
      return (
        Math.max(2, (fits - Object.keys(state.beside).length) * USUAL_ITERATIONS - (state.newton?.iteration ?? 0)) + updates + evaluations
      );
    case 'update':
      return plan.rounds.count - state.stage.round + 1 + looks(plan, state.stage.round - 1) + again + evaluations;
    case 'validation':
      return plan.rounds.count - state.stage.round + looks(plan, state.stage.round - 1) + again + evaluations;
    case 'recalibration':
      return Math.max(1, again - (state.network?.recalibration?.[0]?.iteration ?? 0)) + evaluations;
    case 'conformal':
    case 'judgement':
      return 2 + usualEffectSums(plan);
    case 'effect':
      return Math.max(2, usualEffectSums(plan) - effectSums(state));
    case 'closing':
      return 1;
    case 'done':
      return 0;
    default:
      return evaluations;
  }
}

const USUAL_ITERATIONS = 6;

/** Looks at the validation rows after rounds later than `round`, if training goes to its last one. */
const looks = ({ rounds: { count, stop } }: Plan, round: number): number =>
  stop.patience === 0 ? 0 : Math.ceil(count / stop.every) - Math.floor(round / stop.every);

/** Counts, a fit, tests and benefit; a propensity before, and what the levels add. */
const usualEffectSums = ({ treatment }: Plan): number =>
  treatment === null
    ? 0
    : 4 +
      USUAL_ITERATIONS * (1 + Number(treatment.assignment === 'observational') + Number(treatment.level === 3)) +
      (treatment.tarnet?.rounds ?? 0);

/** Sums of the effect so far, as far as its ended fits tell. */
const effectSums = ({ effect: current }: ProgrammeState): number =>
  1 + (current?.fits.propensity?.iteration ?? 0) + (current?.fits.level1?.iteration ?? 0) + (current?.fits.t0?.iteration ?? 0);
