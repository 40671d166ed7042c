/**
 * The last sum: who holds the results. It adds nothing to the model; its adverts are signed over the final model's hash, so that a
 * hospital that missed a round before can still be given the final state and believe it.
 */
import { encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import { headerOnly, type Stage } from '../stage.ts';

export const closing: Stage = {
  query: () => ({
    kind: 'closing',
    label: 'results',
    options: {},
    layout: { header: 1, body: 0, bits: 32 },
    step: STATISTICS_STEP,
    clips: [],
    cohort: null,
  }),

  answer: async (_plan, state) => headerOnly(encodeStatistics(Float64Array.of(1), STATISTICS_STEP, state.sites)),

  advance: (_plan, state) => ({ ...state, stage: { kind: 'done' } }),
};
