/** Every metric computed straight from predictions: pooled, and per site. Only the simulator has the rows for it. */
import { type DirectMetrics, directMetrics, pairCounts } from '@consilium/shared/evaluation';

export interface Prediction {
  readonly site: string;
  readonly row: number;
  readonly set: string;
  readonly outcome: number;
  readonly scores: Readonly<Record<string, number>>;
}

export interface ModelMetrics {
  readonly pooled: Readonly<Record<string, number | null>>;
  readonly sites: Readonly<Record<string, DirectMetrics>>;
}

/** Metrics of one model on the test rows; a site without a score of this label is left out. */
export function modelMetrics(predictions: readonly Prediction[], label: string): ModelMetrics {
  const test = predictions.filter((item) => item.set === 'test' && item.scores[label] !== undefined);
  const scores = (rows: readonly Prediction[]) => rows.map((item) => item.scores[label] ?? 0);
  const outcomes = (rows: readonly Prediction[]) => rows.map((item) => item.outcome);
  const bySite = [...new Set(test.map((item) => item.site))].map((site) => [site, test.filter((item) => item.site === site)] as const);
  const pairs = bySite
    .map(([, rows]) => rows)
    .filter((rows) => Math.min(...countClasses(rows)) > 0)
    .map((rows) => pairCounts(scores(rows), outcomes(rows)));
  const total = pairs.reduce((sum, { pairs: count }) => sum + count, 0);
  const concordant = pairs.reduce((sum, item) => sum + item.concordant, 0);
  return {
    pooled: { ...directMetrics(scores(test), outcomes(test), 1), aurocWithin: total > 0 ? concordant / total : null },
    sites: Object.fromEntries(bySite.map(([site, rows]) => [site, directMetrics(scores(rows), outcomes(rows), 1)])),
  };
}

function countClasses(rows: readonly Prediction[]): [number, number] {
  const events = rows.reduce((sum, item) => sum + item.outcome, 0);
  return [events, rows.length - events];
}
