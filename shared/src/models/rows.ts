/**
 * The rows a model sees: a design matrix without an intercept column, and the outcome.
 * `preparation` makes them; models and training only read them.
 */
export interface Rows {
  /** Design matrix, row-major, shape (rows, width); standardised, no missing values. */
  readonly x: Float64Array;
  /** Outcome, shape (rows,): 0 or 1, the class's position, the number in its own unit, the count, or whether the event was seen. */
  readonly y: Float64Array;
  /** Time to event or to the end of follow-up, shape (rows,), 0 or more; absent or null for every other task. */
  readonly time?: Float64Array | null;
  readonly rows: number;
  readonly width: number;
}
