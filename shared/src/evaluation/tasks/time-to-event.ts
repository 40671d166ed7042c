/**
 * Survival: Harrell's C within hospitals (headline) and from a table of counts, Brier score with the site's own weights, observed over
 * expected events by the horizon, net benefit, and the Kaplan-Meier curve on a grid.
 */
import { known, ratioInterval } from '../intervals.ts';
import { horizonRisk } from '../predictions.ts';
import { brierSums, censoringOf, integrate, LEAST_OBSERVED, weightAt } from '../survival/ipcw.ts';
import { greenwoodAt, gridSurvival, kaplanMeier, survivalAt } from '../survival/kaplan-meier.ts';
import { horizonCalibration, riskScore } from '../survival/score-time.ts';
import { survivalLosses } from '../survival/survival-losses.ts';
import { addConcordance, CONCORDANCE_NAMES, readConcordance, readTable, tableNames } from '../survival/within-concordance.ts';
import { collector, entryOf, ratio, type TaskEvaluation } from './task-evaluation.ts';

/** Cells of the Kaplan-Meier grid, evenly to the horizon. */
const GRID = 64;
/** Of the variance of observed events, so that a large hospital's fits the ring; a power of two, so nothing is rounded here. */
const VARIANCE_UNIT = 2 ** 24;
const PLAIN = ['n', 'events', 'logLoss', 'expected', 'observed', 'observedVariance', 'weighedRows', 'leftOutSites'] as const;
const cells = Array.from({ length: GRID }, (_, cell) => cell);

export const timeToEvent: TaskEvaluation<'time-to-event'> = {
  task: 'time-to-event',
  names: ({ bins, thresholds, shape }) => [
    ...PLAIN,
    ...shape.cuts.flatMap((_, k) => [`errors@${k}`, `weights@${k}`]),
    ...thresholds.flatMap((threshold) => [`truePositives@${threshold}`, `falsePositives@${threshold}`]),
    ...cells.flatMap((cell) => [`died#${cell}`, `left#${cell}`]),
    ...CONCORDANCE_NAMES,
    ...tableNames(bins),
  ],
  sums: (predictions, truth, options) => {
    const { cuts, longest } = options.shape;
    const horizon = cuts[cuts.length - 1]!;
    const { sums, add } = collector(timeToEvent.names(options));
    const n = truth.y.length;
    if (n === 0) return sums;
    const risks = horizonRisk(predictions);
    add('n', n);
    add('events', total(truth.y));
    add('logLoss', total(survivalLosses(predictions, truth)));
    add('expected', total(risks));
    const steps = kaplanMeier(truth.time!, truth.y);
    add('observed', n * (1 - survivalAt(steps, horizon)));
    add('observedVariance', (n * n * greenwoodAt(steps, horizon)) / VARIANCE_UNIT);
    for (let i = 0; i < n; i++) {
      if (truth.time![i]! > horizon) continue;
      const cell = Math.max(0, Math.ceil((truth.time![i]! / horizon) * GRID) - 1);
      add(`left#${cell}`, 1);
      if (truth.y[i] === 1) add(`died#${cell}`, 1);
    }
    const censoring = censoringOf(truth);
    if (censoring.at(horizon) < LEAST_OBSERVED) add('leftOutSites', 1);
    else {
      add('weighedRows', n);
      const { errors, weights } = brierSums(truth, predictions.survival, cuts);
      for (const k of cuts.keys()) {
        add(`errors@${k}`, errors[k]!);
        add(`weights@${k}`, weights[k]!);
      }
      for (const threshold of options.thresholds) {
        for (let i = 0; i < n; i++) {
          if (risks[i]! < threshold) continue;
          const { weight, status } = weightAt(censoring, horizon, truth.time![i]!, truth.y[i]!);
          add(`${status === 1 ? 'truePositives' : 'falsePositives'}@${threshold}`, weight);
        }
      }
    }
    addConcordance(add, risks.map(riskScore), truth, { ...options, horizon, longest });
    return sums;
  },
  read: (sums, { bins, thresholds, shape: { cuts } }) => {
    const entry = (name: string) => entryOf(sums, name);
    const n = Math.round(entry('n'));
    const weighed = Math.round(entry('weighedRows'));
    const brier = cuts.map((_, k) => ratio(entry(`errors@${k}`), weighed));
    const horizon = cuts[cuts.length - 1]!;
    const ranks = readConcordance(sums, bins);
    const observedExpected = ratio(entry('observed'), entry('expected'));
    const observedError = Math.sqrt(Math.max(0, entry('observedVariance') * VARIANCE_UNIT)) / entry('observed');
    const counts = (name: string) => cells.map((cell) => Math.round(entry(`${name}#${cell}`)));
    return {
      n,
      events: Math.round(entry('events')),
      measures: {
        ...ranks.measures,
        integratedBrier:
          weighed > 0
            ? integrate(
                cuts,
                brier.map((value) => value ?? 0),
              )
            : null,
        brierAtHorizon: brier[brier.length - 1] ?? null,
        observedExpected,
        logLoss: ratio(entry('logLoss'), n),
        leftOutSites: Math.round(entry('leftOutSites')),
        ...Object.fromEntries(
          thresholds.map((threshold) => {
            const gain = entry(`truePositives@${threshold}`) - (entry(`falsePositives@${threshold}`) * threshold) / (1 - threshold);
            return [`netBenefit@${threshold}`, ratio(gain, weighed)];
          }),
        ),
      },
      intervals: { ...ranks.intervals, ...known({ observedExpected: ratioInterval(observedExpected, observedError) }) },
      informativeSites: Math.round(entry('events:sites')),
      calibration: horizonCalibration(readTable(sums, bins), bins),
      survival: {
        times: cells.map((cell) => (horizon * (cell + 1)) / GRID),
        observed: gridSurvival(n, counts('died'), counts('left')),
      },
    };
  },
};

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
