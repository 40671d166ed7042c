/**
 * The rows a model sees: a design matrix without an intercept column, and the outcome.
 * `preparation` makes them; models and training only read them.
 */
export interface Rows {
  /** Design matrix, row-major, shape (rows, width); standardised, no missing values. */
  readonly x: Float64Array;
  /** Outcome, shape (rows,); 0 or 1. */
  readonly y: Float64Array;
  readonly rows: number;
  readonly width: number;
}
