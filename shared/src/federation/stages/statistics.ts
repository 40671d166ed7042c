/** The first sum of a study: federated statistics over the training rows, from which every site gets the same scaling. */
import { scalingFrom, statisticsNames } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { beginFit } from './newton.ts';

export const statistics: Stage = {
  query: (plan) => ({
    kind: 'statistics',
    label: 'preparation',
    options: {},
    layout: { header: statisticsNames(plan).length, body: 0, bits: 32 },
    step: STATISTICS_STEP,
    clips: [],
    cohort: null,
  }),

  answer: async (_plan, state, rows) => headerOnly(encodeStatistics(rows.statistics(), STATISTICS_STEP, state.sites)),

  advance: (plan, state, sum, survivors) => {
    const scaling = scalingFrom(plan, decodeStatistics(sum.header, STATISTICS_STEP));
    return beginFit(plan, { ...state, scaling, cohort: [...survivors] });
  },
};
