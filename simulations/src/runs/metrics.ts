/** Every metric computed straight from predictions: pooled, and per site. Only the simulator has the rows for it. */
import { type DirectMetrics, directMetrics, pairCounts } from '@consilium/shared/evaluation';

export interface Prediction {
  readonly site: string;
  readonly row: number;
  readonly set: string;
  readonly outcome: number;
  /** Time to the event or the end of follow-up; none for every other task. */
  readonly time?: number | null;
  readonly scores: Readonly<Record<string, number>>;
  /** Class probabilities by model; for classes only. */
  readonly classes?: Readonly<Record<string, readonly number[]>> | null;
}

export interface ModelMetrics {
  readonly pooled: Readonly<Record<string, number | null>>;
  readonly sites: Readonly<Record<string, Readonly<Record<string, number | null>> | DirectMetrics>>;
}

/** Metrics of one model on the test rows; a site without a score of this label is left out. */
export function modelMetrics(predictions: readonly Prediction[], label: string): ModelMetrics {
  const test = testRows(predictions, label);
  return {
    pooled: { ...directMetrics(scoresOf(test, label), outcomesOf(test), 1), aurocWithin: withinAuroc(test, label) },
    sites: Object.fromEntries(bySite(test).map(([site, rows]) => [site, directMetrics(scoresOf(rows, label), outcomesOf(rows), 1)])),
  };
}

const testRows = (predictions: readonly Prediction[], label: string) =>
  predictions.filter((item) => item.set === 'test' && item.scores[label] !== undefined);
const scoresOf = (rows: readonly Prediction[], label: string) => rows.map((item) => item.scores[label] ?? 0);
const outcomesOf = (rows: readonly Prediction[]) => rows.map((item) => item.outcome);

function bySite(rows: readonly Prediction[]): (readonly [string, readonly Prediction[]])[] {
  return [...new Set(rows.map((item) => item.site))].map((site) => [site, rows.filter((item) => item.site === site)] as const);
}

/** Concordant pairs over all pairs, of patients of the same site only; null where no site has both classes. */
function withinAuroc(rows: readonly Prediction[], label: string): number | null {
  const pairs = bySite(rows).map(([, part]) => pairCounts(scoresOf(part, label), outcomesOf(part)));
  const total = pairs.reduce((sum, { pairs: count }) => sum + count, 0);
  return total > 0 ? pairs.reduce((sum, { concordant }) => sum + concordant, 0) / total : null;
}
