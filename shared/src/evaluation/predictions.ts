/** What a model says of a set of rows, by task. Whatever the model is, its evaluation sees nothing else of it. */

export type Predictions =
  /** Chance of the event, shape (n,). */
  | { readonly task: 'binary'; readonly probability: Float64Array }
  /** Class probabilities, row-major, shape (n, classes). */
  | { readonly task: 'multiclass'; readonly classes: number; readonly probability: Float64Array }
  /** Mean and spread of a new value, each shape (n,), in the outcome's unit. */
  | { readonly task: 'regression'; readonly mean: Float64Array; readonly sd: Float64Array }
  /** Expected count, shape (n,), above 0. */
  | { readonly task: 'count'; readonly mean: Float64Array }
  /** Survival at the end of each interval, row-major, shape (n, cuts.length). */
  | { readonly task: 'time-to-event'; readonly cuts: readonly number[]; readonly survival: Float64Array }
  /** An order of risks without a scale, such as a log hazard ratio, shape (n,). */
  | { readonly task: 'ranking'; readonly score: Float64Array };

/** What was seen: `y` by task as in a checked table; `time` for times to an event. */
export interface Truth {
  readonly y: Float64Array;
  readonly time?: Float64Array | null;
}

/** Risk of the event by the horizon, shape (n,): one minus the last column of survival. */
export function horizonRisk({ cuts, survival }: Extract<Predictions, { task: 'time-to-event' }>): Float64Array {
  const width = cuts.length;
  return Float64Array.from({ length: survival.length / width }, (_, i) => 1 - survival[i * width + width - 1]!);
}

/** One number a row for ranking and for files: a probability, a mean, a risk, or the chance of not being in the reference class. */
export function headline(predictions: Predictions): Float64Array {
  switch (predictions.task) {
    case 'binary':
      return predictions.probability;
    case 'multiclass': {
      const { classes, probability } = predictions;
      return Float64Array.from({ length: probability.length / classes }, (_, i) => 1 - probability[i * classes]!);
    }
    case 'regression':
    case 'count':
      return predictions.mean;
    case 'time-to-event':
      return horizonRisk(predictions);
    case 'ranking':
      return predictions.score;
  }
}
