/** How sure a hospital's own figures are, and what joining is worth to it: its own test patients under the model of its data alone and under the others. */
import {
  errorOfMean,
  type Interval,
  known,
  mean,
  meanInterval,
  type OutcomeShape,
  observedExpectedInterval,
  type PairedDifference,
  type Predictions,
  pairCounts,
  pairedAurocDifference,
  pairedLossDifference,
  rowLosses,
  shareInterval,
  wilsonInterval,
} from '../evaluation/index.ts';
import type { Part } from '../preparation/index.ts';

/** One figure of a model less that of the hospital's data alone, on the same test patients. */
export interface JoiningGain extends PairedDifference {
  readonly model: 'federated' | 'personal';
  readonly measure: 'logLoss' | 'auroc';
}

export type Intervals = { readonly [measure: string]: Interval };

/** @param local - Of the hospital's data alone; `others` on the same rows. @returns In the order of the models; none where nothing can be told. */
export function joiningGains(
  local: Predictions,
  others: readonly (readonly [JoiningGain['model'], Predictions])[],
  test: Part,
  shape: OutcomeShape,
  smallestCell: number,
): JoiningGain[] {
  const alone = rowLosses(local, test, shape);
  return others.flatMap(([model, predictions]) => {
    const losses = rowLosses(predictions, test, shape);
    const loss = alone === null || losses === null ? null : pairedLossDifference(alone, losses);
    const isRanked = local.task === 'binary' && predictions.task === 'binary' && hasBoth(test.y, smallestCell);
    const area = isRanked ? pairedAurocDifference(local.probability, predictions.probability, test.y) : null;
    return [
      ...(loss === null ? [] : [{ model, measure: 'logLoss' as const, ...loss }]),
      ...(area === null ? [] : [{ model, measure: 'auroc' as const, ...area }]),
    ];
  });
}

/** Intervals of a binary model's own figures; of ranking none with fewer of a class than the plan's smallest cell. */
export function binaryOwnIntervals(scores: Float64Array, y: Float64Array, smallestCell: number): Intervals {
  const n = y.length;
  const events = y.reduce((sum, value) => sum + value, 0);
  const squares = scores.map((score, i) => (score - y[i]!) ** 2);
  const right = scores.reduce((sum, score, i) => sum + Number(score >= 0.5 === (y[i] === 1)), 0);
  const area = hasBoth(y, smallestCell) ? areaInterval(scores, y) : null;
  const expected = scores.reduce((sum, score) => sum + score, 0);
  return known({
    auroc: area,
    brier: n < 2 ? null : meanInterval(mean(squares), errorOfMean(squares)),
    accuracy: wilsonInterval(n === 0 ? null : right / n, n),
    observedExpected: observedExpectedInterval(expected > 0 ? events / expected : null, events, n),
  });
}

/** Of the log-loss, whatever the task; empty for a ranking. */
export function lossInterval(predictions: Predictions, test: Part, shape: OutcomeShape): Intervals {
  const losses = rowLosses(predictions, test, shape);
  return losses === null || losses.length < 2 ? {} : known({ logLoss: meanInterval(mean(losses), errorOfMean(losses)) });
}

function areaInterval(scores: Float64Array, y: Float64Array): Interval | null {
  const { concordant, pairs, variance } = pairCounts(scores, y);
  return variance === null ? null : shareInterval(concordant / pairs, Math.sqrt(variance));
}

function hasBoth(y: Float64Array, smallestCell: number): boolean {
  const events = y.reduce((sum, value) => sum + value, 0);
  return events >= smallestCell && y.length - events >= smallestCell;
}
