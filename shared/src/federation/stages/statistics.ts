/** The first sum of a study: federated statistics over the training rows, from which every site gets the same scaling. */
import { scalingFrom, statisticsNames } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import { INFORMATIVE_LENGTH, informativeEntries, readInformative } from '../informative-sites.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { beginFit } from './newton.ts';

export const statistics: Stage = {
  query: (plan) => ({
    kind: 'statistics',
    label: 'preparation',
    options: {},
    layout: { header: statisticsNames(plan).length + INFORMATIVE_LENGTH, body: 0, bits: 32 },
    step: STATISTICS_STEP,
    clips: [],
    cohort: null,
  }),

  answer: async (plan, state, rows) => {
    const entries = Float64Array.of(...rows.statistics(), ...informativeEntries(plan, rows.testClasses()));
    return headerOnly(encodeStatistics(entries, STATISTICS_STEP, state.sites));
  },

  advance: (plan, state, sum, survivors) => {
    const sums = decodeStatistics(sum.header, STATISTICS_STEP);
    const scaling = scalingFrom(plan, sums.subarray(0, -INFORMATIVE_LENGTH));
    const informative = readInformative(sums.subarray(-INFORMATIVE_LENGTH));
    return beginFit(plan, { ...state, scaling, informative, cohort: [...survivors] });
  },
};
