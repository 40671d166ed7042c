/**
 * The ridge that predicts best inside the training rows, by cross-validated log-loss.
 * Source: Stone 1974; the rows of each class are dealt over the folds in turn after a shuffle.
 */
import { linearPredictor, type Rows } from '../models/index.ts';
import { shuffledOrder } from './batches.ts';
import { fitLogistic } from './fit-logistic.ts';

export const RIDGE_GRID: readonly number[] = [1, 3, 10, 30, 100, 300];

export interface RidgeChoice {
  readonly ridge: number;
  /** Mean held-out log-loss of every candidate, nats; empty when there was too little to compare. */
  readonly losses: readonly { readonly ridge: number; readonly logLoss: number }[];
}

/**
 * Chooses from a grid. With one class only, or fewer rows than folds, nothing can be compared and the largest ridge is taken.
 *
 * @param rows - Training rows only.
 * @param uniform - Next number of a deterministic stream in [0, 1); draws rows − 2 or so.
 * @param grid - Candidates, not empty.
 * @param folds - At least 2.
 * @throws RangeError when the grid is empty or there are fewer than two folds.
 */
export function tuneRidge(rows: Rows, uniform: () => number, grid: readonly number[] = RIDGE_GRID, folds = 5): RidgeChoice {
  if (grid.length === 0) throw new RangeError('tuneRidge: expected at least one candidate');
  if (!(Number.isInteger(folds) && folds >= 2)) throw new RangeError(`tuneRidge: expected at least two folds, got ${folds}`);
  const events = rows.y.reduce((sum, value) => sum + value, 0);
  if (events === 0 || events === rows.rows || rows.rows < folds) return { ridge: Math.max(...grid), losses: [] };
  const foldOfRow = dealFolds(rows, uniform, folds);
  const losses = grid.map((ridge) => ({ ridge, logLoss: heldOutLoss(rows, foldOfRow, folds, ridge) / rows.rows }));
  const best = losses.reduce((least, candidate) => (candidate.logLoss < least.logLoss ? candidate : least));
  return { ridge: best.ridge, losses };
}

function dealFolds(rows: Rows, uniform: () => number, folds: number): Uint32Array {
  const foldOfRow = new Uint32Array(rows.rows);
  const dealt = [0, 0];
  for (const row of shuffledOrder(rows.rows, uniform)) {
    const label = rows.y[row] === 1 ? 1 : 0;
    // Non-events are dealt from the other end, so that small classes do not both start at fold 0.
    foldOfRow[row] = label === 1 ? dealt[1]! % folds : folds - 1 - (dealt[0]! % folds);
    dealt[label] = dealt[label]! + 1;
  }
  return foldOfRow;
}

function heldOutLoss(rows: Rows, foldOfRow: Uint32Array, folds: number, ridge: number): number {
  let loss = 0;
  for (let fold = 0; fold < folds; fold++) {
    const { coefficients } = fitLogistic(
      rowsWhere(rows, (row) => foldOfRow[row] !== fold),
      ridge,
    );
    const held = rowsWhere(rows, (row) => foldOfRow[row] === fold);
    for (const [i, logit] of linearPredictor(coefficients, held).entries()) {
      loss += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - held.y[i]! * logit;
    }
  }
  return loss;
}

function rowsWhere(rows: Rows, isKept: (row: number) => boolean): Rows {
  const kept = Array.from({ length: rows.rows }, (_, row) => row).filter(isKept);
  const x = new Float64Array(kept.length * rows.width);
  for (const [at, row] of kept.entries()) x.set(rows.x.subarray(row * rows.width, (row + 1) * rows.width), at * rows.width);
  return { x, y: Float64Array.from(kept, (row) => rows.y[row]!), rows: kept.length, width: rows.width };
}
