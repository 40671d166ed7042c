/** A ranking of risks, such as a Cox model's log hazard ratios: Harrell's C within hospitals, and pooled from a table of counts. */
import { addConcordance, CONCORDANCE_NAMES, readConcordance, tableNames } from '../survival/within-concordance.ts';
import { collector, entryOf, type TaskEvaluation } from './task-evaluation.ts';

export const ranking: TaskEvaluation<'ranking'> = {
  task: 'ranking',
  names: ({ bins }) => ['n', 'events', ...CONCORDANCE_NAMES, ...tableNames(bins)],
  sums: ({ score }, truth, options) => {
    const { sums, add } = collector(ranking.names(options));
    add('n', truth.y.length);
    add(
      'events',
      truth.y.reduce((sum, value) => sum + value, 0),
    );
    addConcordance(add, score, truth, { ...options, ...options.shape });
    return sums;
  },
  read: (sums, { bins }) => ({
    n: Math.round(entryOf(sums, 'n')),
    events: Math.round(entryOf(sums, 'events')),
    ...readConcordance(sums, bins),
    informativeSites: Math.round(entryOf(sums, 'events:sites')),
    calibration: [],
    survival: null,
  }),
};
