/**
 * The loss of rows that a fit has not seen. For a Cox model, whose rows have no loss of their own, it is what they add to the loss of all:
 * l(all) − l(seen), both at the fit to the seen; for every other model that is their own loss.
 * Source: Verweij and van Houwelingen 1993, "Cross-validation in survival analysis"; Stone 1974.
 */
import type { Rows } from '../../models/index.ts';
import { shuffledOrder } from '../batches.ts';
import { RIDGE_GRID } from '../tune-ridge.ts';
import type { ExactSpec } from './exact-model.ts';
import { fitExact } from './fit-exact.ts';
import { type BoundModel, exactModel } from './list.ts';

/** The rows that a test keeps. */
export function keepRows(rows: Rows, isKept: (row: number) => boolean): Rows {
  const kept = Array.from({ length: rows.rows }, (_, row) => row).filter(isKept);
  const x = new Float64Array(kept.length * rows.width);
  for (const [at, row] of kept.entries()) x.set(rows.x.subarray(row * rows.width, (row + 1) * rows.width), at * rows.width);
  const pick = (values: Float64Array) => Float64Array.from(kept, (row) => values[row]!);
  return { x, y: pick(rows.y), time: rows.time ? pick(rows.time) : null, rows: kept.length, width: rows.width };
}

/** What the rows of a fold add to the loss at parameters that were fitted without them. */
export function heldOutLoss(model: BoundModel, rows: Rows, folds: ArrayLike<number>, fold: number, parameters: readonly number[]): number {
  const seen = keepRows(rows, (row) => folds[row] !== fold);
  return model.sums(rows, parameters)[1]! - model.sums(seen, parameters)[1]!;
}

/**
 * The ridge that predicts best inside one site's training rows, by five folds.
 *
 * @param uniform - Next number of a deterministic stream in [0, 1).
 * @returns The largest of the grid where there is too little to compare.
 */
export function tuneExact(spec: ExactSpec, rows: Rows, uniform: () => number, grid: readonly number[] = RIDGE_GRID, count = 5): number {
  const largest = Math.max(...grid);
  if (rows.rows < 2 * count) return largest;
  const folds = new Uint8Array(rows.rows);
  for (const [at, row] of shuffledOrder(rows.rows, uniform).entries()) folds[row] = at % count;
  const model = exactModel(spec);
  const losses = grid.map((ridge) => {
    let loss = 0;
    for (let fold = 0; fold < count; fold++) {
      const fit = fitExact(spec, [keepRows(rows, (row) => folds[row] !== fold)], ridge);
      if (!fit.converged) return { ridge, loss: Number.POSITIVE_INFINITY };
      loss += heldOutLoss(model, rows, folds, fold, fit.coefficients);
    }
    return { ridge, loss };
  });
  const best = losses.reduce((least, candidate) => (candidate.loss < least.loss ? candidate : least));
  return Number.isFinite(best.loss) ? best.ridge : largest;
}
