/** Multiclass: log-loss, Brier, accuracy, and the within-hospital AUROC of each class against the rest. */
import { pairCounts } from '../roc.ts';
import { clipProbability } from '../scores.ts';
import { PAIR_UNIT, PAIR_VARIANCE_UNIT } from '../site-evaluation.ts';
import { collector, entryOf, ratio, type TaskEvaluation } from './task-evaluation.ts';

const classesOf = (classes: number) => Array.from({ length: classes }, (_, k) => k);

export const multiclass: TaskEvaluation<'multiclass'> = {
  task: 'multiclass',
  names: ({ shape }) => [
    'n',
    'logLoss',
    'brier',
    'correct',
    'both:sites',
    ...classesOf(shape.classes).flatMap((k) => [`count@${k}`, `predicted@${k}`]),
    ...classesOf(shape.classes).flatMap((k) => [`both:concordant@${k}`, `both:pairs@${k}`, `both:variance@${k}`]),
  ],
  sums: ({ classes, probability }, { y }, options) => {
    const { sums, add } = collector(multiclass.names(options));
    for (let i = 0; i < y.length; i++) {
      const own = probability.subarray(i * classes, (i + 1) * classes);
      add('n', 1);
      add('logLoss', -Math.log(clipProbability(own[y[i]!]!)));
      add(
        'brier',
        own.reduce((sum, p, k) => sum + (p - Number(y[i] === k)) ** 2, 0),
      );
      add('correct', Number(own.every((p, k) => k === y[i] || p < own[y[i]!]!)));
      add(`count@${y[i]}`, 1);
      for (const k of classesOf(classes)) add(`predicted@${k}`, own[k]!);
    }
    const counts = classesOf(classes).map((k) => y.reduce((sum, value) => sum + Number(value === k), 0));
    if (counts.some((count) => count < Math.max(1, options.smallestCell))) return sums;
    add('both:sites', 1);
    for (const k of classesOf(classes)) {
      const scores = Float64Array.from(y, (_, i) => probability[i * classes + k]!);
      const { concordant, pairs, variance } = pairCounts(
        scores,
        y.map((value) => Number(value === k)),
      );
      add(`both:concordant@${k}`, concordant / PAIR_UNIT);
      add(`both:pairs@${k}`, pairs / PAIR_UNIT);
      add(`both:variance@${k}`, (pairs * pairs * (variance ?? 0)) / PAIR_VARIANCE_UNIT);
    }
    return sums;
  },
  read: (sums, { shape }) => {
    const entry = (name: string) => entryOf(sums, name);
    const n = Math.round(entry('n'));
    const aurocs = classesOf(shape.classes).map((k) => ratio(entry(`both:concordant@${k}`), entry(`both:pairs@${k}`)));
    const known = aurocs.filter((value) => value !== null);
    return {
      n,
      events: n - Math.round(entry('count@0')),
      measures: {
        logLoss: ratio(entry('logLoss'), n),
        brier: ratio(entry('brier'), n),
        accuracy: ratio(entry('correct'), n),
        aurocWithinMean: known.length === shape.classes ? known.reduce((sum, value) => sum + value, 0) / known.length : null,
        ...Object.fromEntries(aurocs.map((value, k) => [`aurocWithin@${k}`, value])),
        ...Object.fromEntries(
          classesOf(shape.classes).map((k) => [`observedExpected@${k}`, ratio(entry(`count@${k}`), entry(`predicted@${k}`))]),
        ),
      },
      informativeSites: Math.round(entry('both:sites')),
      calibration: [],
      survival: null,
    };
  },
};
