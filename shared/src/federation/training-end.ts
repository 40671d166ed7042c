/** What follows a round of training: a look at the validation rows, the next round, or the end with the fits that are kept. */
import type { Plan } from '../study/index.ts';
import { weighsClasses } from './class-weights.ts';
import { nextEvaluation } from './evaluation-order.ts';
import { allFits } from './fits.ts';
import type { Fit, Network, ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';
import { beginRecalibration } from './stages/recalibration.ts';

/** The fits alone, without what is known of the training. */
export const fitsOf = (network: Network): readonly Fit[] =>
  allFits(network).map(({ weights, server, shared }) => ({ weights, server, shared }));

export const withFits = (network: Network, [model, ...others]: readonly Fit[]): Network => ({
  ...network,
  ...required(model, 'fit'),
  others,
});

/** After a round's sum: a look at the validation rows where the plan asks for one now. */
export function afterRound(plan: Plan, state: ProgrammeState, network: Network, round: number): ProgrammeState {
  const { patience, every } = plan.rounds.stop;
  const isDue = patience > 0 && network.watched?.isShared !== false && (round % every === 0 || round === plan.rounds.count);
  return isDue ? { ...state, network, stage: { kind: 'validation', round } } : continueAfter(plan, state, network, round);
}

/** The next round, or after the last one the end. */
export function continueAfter(plan: Plan, state: ProgrammeState, network: Network, round: number): ProgrammeState {
  return round < plan.rounds.count
    ? { ...state, network, stage: { kind: 'update', round: round + 1 } }
    : endTraining(plan, state, network, null);
}

/** Ends training with the fits of the lowest validation loss; where none was looked at, with the fits as they are given. */
export function endTraining(plan: Plan, state: ProgrammeState, network: Network, ended: Network['ended']): ProgrammeState {
  const best = network.watched?.best ?? null;
  const kept: Network = best === null ? network : { ...withFits(network, best.fits), keptFrom: { round: best.round, loss: best.loss } };
  const watched = kept.watched === null ? null : { ...kept.watched, best: null };
  const last: Network = { ...kept, watched, beforeExploding: null, ended };
  if (weighsClasses(plan)) return beginRecalibration(plan, state, last);
  const next = { ...state, network: last };
  return { ...next, stage: nextEvaluation(plan, next) };
}
