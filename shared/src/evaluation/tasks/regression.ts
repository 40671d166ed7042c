/** Regression: mean absolute error, R², share of values inside their 95 % interval. Sums are in units of the half range, so they fit the ring. */
import { known, meanInterval, NORMAL_97_5, wilsonInterval } from '../intervals.ts';
import { collector, entryOf, ratio, type TaskEvaluation } from './task-evaluation.ts';

/** Of a half range: a fit without an error has no spread of its own, and its log-loss would be infinite. */
export const LEAST_SPREAD = 1e-6;
const NAMES = ['n', 'absolute', 'squares', 'covered', 'logLoss', 'y', 'yy', 'fitted'] as const;

export const regression: TaskEvaluation<'regression'> = {
  task: 'regression',
  names: () => NAMES,
  sums: ({ mean, sd }, { y }, { shape: { range } }) => {
    const { sums, add } = collector(NAMES);
    const half = (range[1] - range[0]) / 2;
    const centre = (range[0] + range[1]) / 2;
    for (let i = 0; i < y.length; i++) {
      // A linear model may leave the range; beyond ten half ranges its error counts as ten.
      const fitted = Math.max(-10, Math.min(10, (mean[i]! - centre) / half));
      const seen = (y[i]! - centre) / half;
      const error = seen - fitted;
      const spread = Math.max(LEAST_SPREAD, sd[i]! / half);
      add('n', 1);
      add('absolute', Math.abs(error));
      add('squares', error * error);
      add('covered', Number(Math.abs(error) <= NORMAL_97_5 * spread));
      add('logLoss', Math.min(1e4, 0.5 * Math.log(2 * Math.PI * spread * spread) + (error * error) / (2 * spread * spread)));
      add('y', seen);
      add('yy', seen * seen);
      add('fitted', fitted);
    }
    return sums;
  },
  read: (sums, { shape: { range } }) => {
    const entry = (name: (typeof NAMES)[number]) => entryOf(sums, name);
    const n = Math.round(entry('n'));
    const half = (range[1] - range[0]) / 2;
    const spread = n > 0 ? entry('yy') - (entry('y') * entry('y')) / n : 0;
    const squares = ratio(entry('squares'), n);
    const scaled = (value: number | null) => (value === null ? null : value * half);
    const logLoss = ratio(entry('logLoss'), n);
    const absolute = scaled(ratio(entry('absolute'), n));
    const meanError = scaled(ratio(entry('y') - entry('fitted'), n));
    const coverage95 = ratio(entry('covered'), n);
    const errorOf = (mean: number | null): number =>
      n > 1 && squares !== null ? Math.sqrt(Math.max(0, squares * half * half - (mean ?? 0) ** 2) / (n - 1)) : Number.NaN;
    return {
      n,
      events: n,
      measures: {
        meanAbsoluteError: absolute,
        rootMeanSquareError: squares === null ? null : Math.sqrt(squares) * half,
        rSquared: spread > 0 ? 1 - entry('squares') / spread : null,
        coverage95,
        meanError,
        logLoss: logLoss === null ? null : logLoss + Math.log(half),
      },
      intervals: known({
        meanAbsoluteError: meanInterval(absolute, errorOf(absolute)),
        meanError: meanInterval(meanError, errorOf(meanError)),
        coverage95: wilsonInterval(coverage95, n),
      }),
      informativeSites: 0,
      calibration: [],
      survival: null,
    };
  },
};
