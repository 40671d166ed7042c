/** The first sum of a study: federated statistics over the training rows, from which every site gets the same scaling. */
import { scalingFrom, statisticsNames } from '../../preparation/index.ts';
import { decodeStatistics, encodeStatistics, STATISTICS_STEP } from '../../secagg/index.ts';
import { INFORMATIVE_LENGTH, informativeEntries, readInformative } from '../informative-sites.ts';
import { judgedEntries, judgedLength, readJudged } from '../judged.ts';
import { FLOW_LENGTH, readFlow } from '../participants.ts';
import { headerOnly, type Stage } from '../stage.ts';
import { beginFit } from './newton.ts';

export const statistics: Stage = {
  query: (plan) => ({
    kind: 'statistics',
    label: 'preparation',
    options: {},
    layout: {
      header: statisticsNames(plan).length + INFORMATIVE_LENGTH * plan.outcomes.length + judgedLength(plan) + FLOW_LENGTH,
      body: 0,
      bits: 32,
    },
    step: STATISTICS_STEP,
    clips: [],
    cohort: null,
  }),

  answer: async (plan, state, rows) => {
    const entries = Float64Array.of(
      ...rows.statistics(),
      ...plan.outcomes.flatMap((outcome) => informativeEntries(plan, rows.testClasses(outcome))),
      ...judgedEntries(plan, rows),
      ...rows.flow(),
    );
    return headerOnly(encodeStatistics(entries, STATISTICS_STEP, state.sites));
  },

  advance: (plan, state, sum, survivors) => {
    const sums = decodeStatistics(sum.header, STATISTICS_STEP);
    const start = statisticsNames(plan).length;
    const scaling = scalingFrom(plan, sums.subarray(0, start));
    const informative = Object.fromEntries(
      plan.outcomes.map(({ name }, k) => [name, readInformative(sums.subarray(start + INFORMATIVE_LENGTH * k))]),
    );
    const judged = readJudged(plan, sums.subarray(start + INFORMATIVE_LENGTH * plan.outcomes.length));
    const flow = readFlow(sums.subarray(sums.length - FLOW_LENGTH), state.sites, survivors.length);
    return beginFit(plan, { ...state, scaling, informative, judged, flow, cohort: [...survivors] });
  },
};
