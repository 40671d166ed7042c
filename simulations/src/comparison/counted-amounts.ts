/** Metrics of quantities, counts and classes on rows that count several times or not at all. */
import type { CountedMetrics } from './counted-metrics.ts';
import type { TestRows } from './test-rows.ts';

export const REGRESSION_METRICS = ['meanAbsoluteError', 'rootMeanSquareError', 'rSquared'] as const;
export const COUNT_METRICS = ['meanAbsoluteError', 'deviance', 'observedExpected'] as const;
export const CLASS_METRICS = ['logLoss', 'brier', 'accuracy'] as const;

/** Σ count × value of each row, for several values a row. */
function sums(rows: TestRows, scores: Float64Array, width: number, valuesOf: (row: number) => readonly number[]) {
  const scored = Array.from(rows.site.keys()).filter((row) => !Number.isNaN(scores[row]));
  const values = scored.map(valuesOf);
  return (counts: ArrayLike<number>): { readonly n: number; readonly total: Float64Array } => {
    const total = new Float64Array(width);
    let n = 0;
    for (const [at, row] of scored.entries()) {
      const count = counts[row]!;
      n += count;
      for (let k = 0; k < width; k++) total[k]! += count * values[at]![k]!;
    }
    return { n, total };
  };
}

export function regressionMetrics(rows: TestRows, scores: Float64Array): CountedMetrics {
  const middle = rows.outcome.reduce((sum, value) => sum + value, 0) / rows.length;
  const add = sums(rows, scores, 4, (row) => {
    const [error, y] = [rows.outcome[row]! - scores[row]!, rows.outcome[row]! - middle];
    return [Math.abs(error), error * error, y, y * y];
  });
  return (counts) => {
    const { n, total } = add(counts);
    const spread = total[3]! - total[2]! ** 2 / n;
    return Float64Array.of(total[0]! / n, Math.sqrt(total[1]! / n), spread > 0 ? 1 - total[1]! / spread : Number.NaN);
  };
}

export function countMetrics(rows: TestRows, scores: Float64Array): CountedMetrics {
  const add = sums(rows, scores, 4, (row) => {
    const [y, mu] = [rows.outcome[row]!, scores[row]!];
    return [Math.abs(y - mu), 2 * ((y === 0 ? 0 : y * Math.log(y / mu)) - (y - mu)), y, mu];
  });
  return (counts) => {
    const { n, total } = add(counts);
    return Float64Array.of(total[0]! / n, total[1]! / n, total[3]! > 0 ? total[2]! / total[3]! : Number.NaN);
  };
}

/** @param classes - Probability of each class, row-major, shape (rows, width). */
export function classMetrics(rows: TestRows, scores: Float64Array, classes: Float64Array): CountedMetrics {
  const width = rows.length === 0 ? 0 : classes.length / rows.length;
  const add = sums(rows, scores, 3, (row) => {
    const p = Array.from(classes.subarray(row * width, (row + 1) * width));
    const y = rows.outcome[row]!;
    const squares = p.reduce((sum, value, k) => sum + (value - Number(k === y)) ** 2, 0);
    return [-Math.log(p[y]!), squares, Number(p.indexOf(Math.max(...p)) === y)];
  });
  return (counts) => {
    const { n, total } = add(counts);
    return total.map((value) => value / n);
  };
}
