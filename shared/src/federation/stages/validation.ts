/**
 * Training watched on rows it never sees. The first sum says how many hospitals have enough validation rows; where those are fewer than may
 * be revealed, no loss is ever asked for. After that, every few rounds a sum of the validation loss, over the cohort of the first: the
 * fits with the lowest are kept, and training ends when it has not fallen for as many looks as the plan's patience.
 *
 * Rules: nothing but Σ weight · loss and Σ weight leaves; a site with fewer rows than the smallest cell answers zeros.
 */
import { lossOf, networkOutputs } from '../../models/index.ts';
import type { Part } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics, gridWeight, STATISTICS_STEP, statisticsStep } from '../../secagg/index.ts';
import { minimumContributors, type Plan } from '../../study/index.ts';
import { lossOfPlan, roundSettings, shapeOf } from '../fits.ts';
import { withOwnPart } from '../own-part.ts';
import type { Network, ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { continueAfter, endTraining, fitsOf } from '../training-end.ts';

/** Largest mean loss a site reports: beyond it, a model is of no use whatever the figure. */
const LARGEST_LOSS = 100;

export const validation: Stage = {
  query: (_plan, state) => {
    const { network, round } = current(state);
    const isCount = network.watched === null;
    return {
      kind: 'evaluation',
      label: 'validation',
      options: { label: 'validation', ...(isCount ? { part: 'sites' } : { round }) },
      layout: { header: isCount ? 1 : 2, body: 0, bits: 32 },
      step: isCount ? STATISTICS_STEP : lossStep(state),
      clips: [],
      cohort: network.watched?.cohort ?? null,
    };
  },

  answer: async (plan, state, rows, { memory }) => {
    const { network, round } = current(state);
    const part = rows.prepared(required(state.scaling, 'scaling')).validation;
    const isEnough = part.rows >= plan.evaluation.smallestCell;
    if (network.watched === null) return headerOnly(encodeStatistics(Float64Array.of(isEnough ? 1 : 0), STATISTICS_STEP, state.sites));
    const weights = withOwnPart(plan, state, network.weights, memory.recall('own 0', round + 1));
    const weight = isEnough ? gridWeight(part.rows, roundSettings(plan).weightCap) : 0;
    const loss = isEnough ? meanLoss(plan, state, weights, part) : 0;
    return headerOnly(encodeStatistics(Float64Array.of(weight * loss, weight), lossStep(state), state.sites));
  },

  advance: (plan, state, sum, survivors) => {
    const { network, round } = current(state);
    const { patience } = plan.rounds.stop;
    if (network.watched === null) {
      const [sites = 0] = decodeStatistics(sum.header, STATISTICS_STEP);
      const watched = { cohort: [...survivors], isShared: sites >= minimumContributors(plan), best: null };
      const next: Network = { ...network, watched };
      return watched.isShared ? { ...state, network: next } : continueAfter(plan, state, next, round);
    }
    const [weighted = 0, weight = 0] = decodeStatistics(sum.header, lossStep(state));
    const loss = weighted / weight;
    const { best } = network.watched;
    // A sum without a weight says nothing; not a number is never lower.
    if (best === null || loss < best.loss) {
      const watched = { ...network.watched, best: { loss, round, looks: 0, fits: fitsOf(network) } };
      return continueAfter(plan, state, { ...network, watched }, round);
    }
    const looks = best.looks + 1;
    const next: Network = { ...network, watched: { ...network.watched, best: { ...best, looks } } };
    return looks >= patience ? endTraining(plan, state, next, { reason: 'validation', round }) : continueAfter(plan, state, next, round);
  },
};

/** A weight is at most 1. */
const lossStep = (state: ProgrammeState): number => statisticsStep(LARGEST_LOSS, state.sites);

/** The mean loss of the training, on rows it never saw; within ±LARGEST_LOSS. */
function meanLoss(plan: Plan, state: ProgrammeState, weights: Float64Array, part: Part): number {
  const loss = lossOf(lossOfPlan(plan, state));
  const rows = { ...part, time: part.time ?? undefined };
  const outputs = networkOutputs(shapeOf(plan, state), weights, rows);
  const all = Uint32Array.from({ length: part.rows }, (_, row) => row);
  const mean = loss.error(outputs, rows, all, new Float64Array(outputs.length));
  return Number.isNaN(mean) ? LARGEST_LOSS : Math.max(-LARGEST_LOSS, Math.min(LARGEST_LOSS, mean));
}

function current(state: ProgrammeState): { readonly network: Network; readonly round: number } {
  if (state.stage.kind !== 'validation') throw new TypeError('validation: expected the validation stage');
  return { network: required(state.network, 'network'), round: state.stage.round };
}
