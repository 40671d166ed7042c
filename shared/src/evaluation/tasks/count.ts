/** Counts: log-loss of a Poisson variable, mean absolute error, observed over expected. Sums are in units of the largest count. */
import { logGamma } from '../../training/index.ts';
import { known, ratioInterval } from '../intervals.ts';
import { collector, entryOf, ratio, type TaskEvaluation } from './task-evaluation.ts';

const NAMES = ['n', 'logLoss', 'deviance', 'absolute', 'y', 'fitted', 'squares'] as const;

export const count: TaskEvaluation<'count'> = {
  task: 'count',
  names: () => NAMES,
  sums: ({ mean }, { y }, { shape: { most } }) => {
    const { sums, add } = collector(NAMES);
    for (let i = 0; i < y.length; i++) {
      const expected = Math.max(1e-12, Math.min(100 * most, mean[i]!));
      const seen = y[i]!;
      add('n', 1);
      add('logLoss', (expected - seen * Math.log(expected) + logGamma(seen + 1)) / most);
      add('deviance', (2 * ((seen === 0 ? 0 : seen * Math.log(seen / expected)) - (seen - expected))) / most);
      add('absolute', Math.abs(seen - expected) / most);
      add('y', seen / most);
      add('fitted', expected / most);
      add('squares', Math.min(10, Math.abs(seen - expected) / most) ** 2);
    }
    return sums;
  },
  read: (sums, { shape: { most } }) => {
    const entry = (name: (typeof NAMES)[number]) => entryOf(sums, name);
    const n = Math.round(entry('n'));
    const scaled = (name: (typeof NAMES)[number]) => ratio(entry(name) * most, n);
    return {
      n,
      events: Math.round(entry('y') * most),
      measures: {
        logLoss: scaled('logLoss'),
        deviance: scaled('deviance'),
        meanAbsoluteError: scaled('absolute'),
        observedExpected: ratio(entry('y'), entry('fitted')),
      },
      // Robust to counts that spread more than Poisson's: the sandwich of a fit of the level alone.
      intervals: known({ observedExpected: ratioInterval(ratio(entry('y'), entry('fitted')), Math.sqrt(entry('squares')) / entry('y')) }),
      informativeSites: 0,
      calibration: [],
      survival: null,
    };
  },
};
