/** Every metric computed straight from rows: for a site's own eyes, and for the simulator, which has all rows. */
import { directCalibration } from './calibration.ts';
import { auroc } from './roc.ts';
import { expectScores, logLossOfScore } from './scores.ts';

/** Null where undefined or where there are too few patients to say it. */
export interface DirectMetrics {
  readonly n: number;
  readonly events: number;
  readonly logLoss: number | null;
  readonly brier: number | null;
  readonly accuracy: number | null;
  readonly observedExpected: number | null;
  readonly calibrationIntercept: number | null;
  readonly calibrationSlope: number | null;
  readonly auroc: number | null;
}

/**
 * Metrics of one set of rows.
 *
 * @param scores - Predicted probabilities in [0, 1], shape (n,).
 * @param labels - 0 or 1, shape (n,).
 * @param smallestCell - Fewest of each class for AUROC and calibration; below it they are null.
 * @throws RangeError on a score or label out of range.
 */
export function directMetrics(scores: ArrayLike<number>, labels: ArrayLike<number>, smallestCell = 10): DirectMetrics {
  expectScores('directMetrics', scores, labels);
  const n = scores.length;
  let events = 0;
  let logLoss = 0;
  let brier = 0;
  let correct = 0;
  let predicted = 0;
  for (let i = 0; i < n; i++) {
    const score = scores[i]!;
    const label = labels[i]!;
    events += label;
    logLoss += logLossOfScore(score, label);
    brier += (score - label) ** 2;
    correct += (score >= 0.5 ? 1 : 0) === label ? 1 : 0;
    predicted += score;
  }
  const isEnough = n > 0 && Math.min(events, n - events) >= Math.max(1, smallestCell);
  const calibration = isEnough ? directCalibration(scores, labels) : null;
  return {
    n,
    events,
    logLoss: n > 0 ? logLoss / n : null,
    brier: n > 0 ? brier / n : null,
    accuracy: n > 0 ? correct / n : null,
    observedExpected: predicted > 0 ? events / predicted : null,
    calibrationIntercept: calibration?.intercept ?? null,
    calibrationSlope: calibration?.slope ?? null,
    auroc: isEnough ? auroc(scores, labels) : null,
  };
}
