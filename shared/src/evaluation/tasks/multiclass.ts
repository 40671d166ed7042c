/** Multiclass: log-loss, Brier, accuracy, and of each class against the rest the AUROC, within hospitals and from a histogram over all pairs. */
import { histogramAuroc } from '../histogram.ts';
import { known, observedExpectedInterval, shareInterval } from '../intervals.ts';
import { pairCounts } from '../roc.ts';
import { clipProbability } from '../scores.ts';
import { PAIR_UNIT, PAIR_VARIANCE_UNIT } from '../site-evaluation.ts';
import { collector, entryOf, ratio, type TaskEvaluation } from './task-evaluation.ts';

const binsOf = (bins: number) => Array.from({ length: bins }, (_, bin) => bin);
const classesOf = (classes: number) => Array.from({ length: classes }, (_, k) => k);

export const multiclass: TaskEvaluation<'multiclass'> = {
  task: 'multiclass',
  names: ({ shape, bins }) => [
    'n',
    'logLoss',
    'brier',
    'correct',
    'both:sites',
    ...classesOf(shape.classes).flatMap((k) => [`count@${k}`, `predicted@${k}`]),
    ...classesOf(shape.classes).flatMap((k) => [`both:concordant@${k}`, `both:pairs@${k}`, `both:variance@${k}`]),
    ...classesOf(shape.classes).flatMap((k) => binsOf(bins).flatMap((bin) => [`both:class@${k}#${bin}`, `both:rest@${k}#${bin}`])),
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
      scores.forEach((score, i) => {
        const bin = Math.min(options.bins - 1, Math.floor(score * options.bins));
        add(`both:${y[i] === k ? 'class' : 'rest'}@${k}#${bin}`, 1);
      });
    }
    return sums;
  },
  read: (sums, { shape, bins }) => {
    const entry = (name: string) => entryOf(sums, name);
    const n = Math.round(entry('n'));
    const aurocs = classesOf(shape.classes).map((k) => ratio(entry(`both:concordant@${k}`), entry(`both:pairs@${k}`)));
    const told = aurocs.filter((value) => value !== null);
    const histogram = (kind: string, k: number) => binsOf(bins).map((bin) => Math.round(entry(`both:${kind}@${k}#${bin}`)));
    const binned = classesOf(shape.classes).map((k) => histogramAuroc(histogram('class', k), histogram('rest', k)));
    const errors = aurocs.map(
      (_, k) => Math.sqrt(Math.max(0, entry(`both:variance@${k}`)) * PAIR_VARIANCE_UNIT) / (entry(`both:pairs@${k}`) * PAIR_UNIT),
    );
    const ratios = classesOf(shape.classes).map((k) => ratio(entry(`count@${k}`), entry(`predicted@${k}`)));
    return {
      n,
      events: n - Math.round(entry('count@0')),
      measures: {
        logLoss: ratio(entry('logLoss'), n),
        brier: ratio(entry('brier'), n),
        accuracy: ratio(entry('correct'), n),
        aurocWithinMean: told.length === shape.classes ? told.reduce((sum, value) => sum + value, 0) / told.length : null,
        ...Object.fromEntries(aurocs.map((value, k) => [`aurocWithin@${k}`, value])),
        ...Object.fromEntries(binned.map((value, k) => [`aurocBinned@${k}`, value?.auroc ?? null])),
        ...Object.fromEntries(binned.map((value, k) => [`aurocBound@${k}`, value?.bound ?? null])),
        ...Object.fromEntries(ratios.map((value, k) => [`observedExpected@${k}`, value])),
      },
      intervals: known({
        ...Object.fromEntries(aurocs.map((value, k) => [`aurocWithin@${k}`, shareInterval(value, errors[k]!)])),
        ...Object.fromEntries(
          ratios.map((value, k) => [`observedExpected@${k}`, observedExpectedInterval(value, Math.round(entry(`count@${k}`)), n)]),
        ),
      }),
      informativeSites: Math.round(entry('both:sites')),
      calibration: [],
      survival: null,
    };
  },
};
