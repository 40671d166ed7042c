/**
 * The design of each level. Level 1: covariates, then the arm. Level 2: the same, then arm × modifier. The tests' design adds
 * arm × linear predictor as its last column.
 */

/** One site's patients as the effect sees them. */
export interface EffectRows {
  /** Standardised covariates, row-major, shape (rows, width). */
  readonly x: Float64Array;
  readonly width: number;
  readonly rows: number;
  /** Primary outcome, 0 or 1, shape (rows,). */
  readonly y: Float64Array;
  /** 1 treated, 0 comparator, shape (rows,). */
  readonly arm: Float64Array;
  /** Declared harms, 0, 1 or NaN, each shape (rows,). */
  readonly harms: readonly Float64Array[];
  /** Fold of the patient, 0 to folds − 1, shape (rows,). */
  readonly fold: Uint8Array;
}

export type DesignRow = (x: ArrayLike<number>, arm: number) => number[];

/** [x, arm]. */
export const levelOneRow: DesignRow = (x, arm) => [...Array.from(x), arm];

/** [x, arm, arm × modifiers]. @param modifiers - Positions in x. */
export const levelTwoRow =
  (modifiers: readonly number[]): DesignRow =>
  (x, arm) => [...Array.from(x), arm, ...modifiers.map((j) => arm * x[j]!)];

/** A site's design matrix, row-major. */
export function designOf(rows: EffectRows, rowOf: (x: Float64Array, arm: number, i: number) => readonly number[]): Float64Array {
  const parts: (readonly number[])[] = [];
  for (let i = 0; i < rows.rows; i++) parts.push(rowOf(rows.x.subarray(i * rows.width, (i + 1) * rows.width), rows.arm[i]!, i));
  return Float64Array.from(parts.flat());
}

/** The rows for which `isKept` holds. */
export function rowsWhere(rows: EffectRows, isKept: (i: number) => boolean): EffectRows {
  const kept = Array.from({ length: rows.rows }, (_, i) => i).filter(isKept);
  const x = new Float64Array(kept.length * rows.width);
  kept.forEach((i, at) => {
    x.set(rows.x.subarray(i * rows.width, (i + 1) * rows.width), at * rows.width);
  });
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (i) => values[i]!);
  return {
    x,
    width: rows.width,
    rows: kept.length,
    y: pick(rows.y),
    arm: pick(rows.arm),
    harms: rows.harms.map(pick),
    fold: Uint8Array.from(kept, (i) => rows.fold[i]!),
  };
}
