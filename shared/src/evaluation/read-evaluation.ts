/**
 * What the sums of an evaluation say. Undefined quantities are null, never NaN.
 *
 * Source: within-hospital AUROC ΣC/ΣN with variance ΣN²v/(ΣN)² (DeLong et al. 1988); net benefit (Vickers and Elkin 2006).
 */
import { type CalibrationPoint, groupCalibration } from './calibration-curve.ts';
import { histogramAuroc, histogramRoc } from './histogram.ts';
import { type Interval, known, observedExpectedInterval, shareInterval, wilsonInterval } from './intervals.ts';
import type { RocPoint } from './roc.ts';
import { type EvaluationOptions, evaluationLength, PAIR_SUMS, PAIR_UNIT, PAIR_VARIANCE_UNIT, PLAIN_SUMS } from './site-evaluation.ts';

export interface NetBenefit {
  readonly threshold: number;
  /** Of treating those at or above the threshold, in true positives per patient. */
  readonly model: number | null;
  /** Of treating everyone. Treating no one is 0. */
  readonly treatAll: number | null;
  readonly sensitivity: number | null;
  readonly specificity: number | null;
}

/** One model on the pooled rows of all sites of the sum. */
export interface EvaluationResult {
  readonly n: number;
  readonly events: number;
  /** Mean log-loss, nats. */
  readonly logLoss: number | null;
  readonly brier: number | null;
  /** Share of rows on the right side of 0.5. */
  readonly accuracy: number | null;
  /** Observed events over expected ones. */
  readonly observedExpected: number | null;
  /** Headline: pairs of patients of the same hospital only. */
  readonly aurocWithin: number | null;
  readonly aurocWithinSe: number | null;
  /** 95 %, on the log-odds scale. */
  readonly aurocWithinInterval: readonly [number, number] | null;
  /** Hospitals whose pairs count: enough patients of each class. */
  readonly informativeSites: number;
  /** Pairs across hospitals too, from the histogram: includes differences between hospitals. */
  readonly aurocBinned: number | null;
  /** The exact pooled AUROC of the rows in the histogram lies within aurocBinned ± this. */
  readonly aurocBound: number | null;
  /** Rows in the histogram; fewer than n when a hospital had too few of a class and left that class out. */
  readonly histogramRows: number;
  readonly netBenefit: readonly NetBenefit[];
  readonly roc: readonly RocPoint[];
  /**
   * From the histogram, so without the patients a hospital left out; `predicted` is exact to half a bin. Empty where a twentieth of either class
   * or more was left out: a curve without most of the events would show a share of 0.
   */
  readonly calibration: readonly CalibrationPoint[];
}

const CALIBRATION_GROUPS = 10;

/**
 * Reads the sum of `siteEvaluation` vectors.
 *
 * @param sum - Shape (evaluationLength(options),).
 * @param options - The options every site used.
 * @throws RangeError when the length is wrong.
 */
export function readEvaluation(sum: Float64Array, options: EvaluationOptions): EvaluationResult {
  if (sum.length !== evaluationLength(options)) {
    throw new RangeError(`readEvaluation: expected ${evaluationLength(options)} entries, got ${sum.length}`);
  }
  const pairsStart = PLAIN_SUMS.length + 2 * options.thresholds.length;
  const histogramStart = pairsStart + PAIR_SUMS.length;
  const [rows, eventRows, logLoss, brier, correct, predicted] = Array.from(sum.subarray(0, PLAIN_SUMS.length)) as Tuple<6>;
  const [concordant, pairs, pairVariance, informative] = Array.from(sum.subarray(pairsStart, histogramStart)) as Tuple<4>;
  const n = Math.round(rows);
  const events = Math.round(eventRows);
  const count = (value: number) => Math.round(value);
  const nonEventBins = Array.from(sum.subarray(histogramStart, histogramStart + options.bins), count);
  const eventBins = Array.from(sum.subarray(histogramStart + options.bins), count);
  const binned = histogramAuroc(eventBins, nonEventBins);
  const hasPairs = Math.round(pairs * PAIR_UNIT) > 0;
  const aurocWithin = hasPairs ? Math.min(1, Math.max(0, concordant / pairs)) : null;
  const spread = Math.sqrt(Math.max(0, pairVariance) * PAIR_VARIANCE_UNIT) / (pairs * PAIR_UNIT);
  const aurocWithinSe = hasPairs ? spread : null;
  const cells = eventBins.map((bin, k) => ({
    predictedSum: ((k + 0.5) / options.bins) * (bin + nonEventBins[k]!),
    events: bin,
    count: bin + nonEventBins[k]!,
  }));
  return {
    n,
    events,
    logLoss: ratio(logLoss, n),
    brier: ratio(brier, n),
    accuracy: ratio(correct, n),
    observedExpected: ratio(events, predicted),
    aurocWithin,
    aurocWithinSe,
    aurocWithinInterval: shareInterval(aurocWithin, spread),
    informativeSites: Math.round(informative),
    aurocBinned: binned?.auroc ?? null,
    aurocBound: binned?.bound ?? null,
    histogramRows: cells.reduce((total, cell) => total + cell.count, 0),
    netBenefit: options.thresholds.map((threshold, k) => netBenefit(threshold, sum, PLAIN_SUMS.length + 2 * k, n, events)),
    roc: histogramRoc(eventBins, nonEventBins),
    calibration: isWhole(eventBins, events) && isWhole(nonEventBins, n - events) ? groupCalibration(cells, CALIBRATION_GROUPS) : [],
  };
}

/** Whether hardly anybody of a class was left out of its histogram. */
const isWhole = (bins: readonly number[], count: number): boolean => bins.reduce((sum, bin) => sum + bin, 0) >= 0.95 * count;

/** Of the measures that have one, by name. */
export const binaryIntervals = ({
  n,
  events,
  accuracy,
  observedExpected,
  aurocWithinInterval,
}: EvaluationResult): { readonly [name: string]: Interval } =>
  known({
    aurocWithin: aurocWithinInterval,
    accuracy: wilsonInterval(accuracy, n),
    observedExpected: observedExpectedInterval(observedExpected, events, n),
  });

type Tuple<N extends 4 | 6> = N extends 4 ? [number, number, number, number] : [number, number, number, number, number, number];

function ratio(above: number, below: number): number | null {
  return below > 0 ? above / below : null;
}

function netBenefit(threshold: number, sum: Float64Array, at: number, n: number, events: number): NetBenefit {
  const truePositives = Math.round(sum[at]!);
  const falsePositives = Math.round(sum[at + 1]!);
  const odds = threshold / (1 - threshold);
  return {
    threshold,
    model: ratio(truePositives - falsePositives * odds, n),
    treatAll: ratio(events - (n - events) * odds, n),
    sensitivity: ratio(truePositives, events),
    specificity: ratio(n - events - falsePositives, n - events),
  };
}
