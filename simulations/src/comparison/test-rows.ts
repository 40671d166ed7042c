/** The rows of a comparison: every row that some model scored, and each model's scores beside one another. */
import type { Prediction } from '../runs/metrics.ts';

export interface TestRows {
  readonly sites: readonly string[];
  /** Position in `sites`, shape (rows,). */
  readonly site: Int32Array;
  /** Shape (rows,). */
  readonly outcome: Float64Array;
  /** Time to the event or the end of follow-up, NaN for every other task, shape (rows,). */
  readonly time: Float64Array;
  readonly length: number;
  /** Site and row as one text, in the order of the rows. */
  readonly keys: readonly string[];
  /** A model's scores in the order of the rows, NaN where it has none, shape (rows,). */
  scoresOf(predictions: readonly Prediction[], label: string): Float64Array;
  /** A model's class probabilities, row-major, NaN where it has none, shape (rows, width). */
  classesOf(predictions: readonly Prediction[], label: string, width: number): Float64Array;
}

/**
 * @param runs - Predictions of every run; a row is one of a site, by its number.
 * @param set - Test rows unless told otherwise.
 */
export function testRowsOf(runs: readonly (readonly Prediction[])[], set = 'test'): TestRows {
  const at = new Map<string, number>();
  const found: Prediction[] = [];
  for (const predictions of runs) {
    for (const item of predictions) {
      if (item.set !== set || at.has(nameOf(item))) continue;
      at.set(nameOf(item), found.length);
      found.push(item);
    }
  }
  const sites = [...new Set(found.map((item) => item.site))];
  const positions = new Map(sites.map((site, position) => [site, position]));
  return {
    sites,
    site: Int32Array.from(found, (item) => positions.get(item.site) ?? 0),
    outcome: Float64Array.from(found, (item) => item.outcome),
    time: Float64Array.from(found, (item) => item.time ?? Number.NaN),
    length: found.length,
    keys: [...at.keys()],
    scoresOf: (predictions, label) => {
      const scores = new Float64Array(found.length).fill(Number.NaN);
      for (const item of predictions) {
        const position = at.get(nameOf(item));
        if (position !== undefined) scores[position] = item.scores[label] ?? Number.NaN;
      }
      return scores;
    },
    classesOf: (predictions, label, width) => {
      const classes = new Float64Array(found.length * width).fill(Number.NaN);
      for (const item of predictions) {
        const position = at.get(nameOf(item));
        if (position !== undefined) classes.set(item.classes?.[label] ?? [], position * width);
      }
      return classes;
    },
  };
}

const nameOf = ({ site, row }: Prediction): string => `${site}\n${row}`;
