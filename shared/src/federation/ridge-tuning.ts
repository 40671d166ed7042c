/**
 * `ridge: cv`: the penalty that predicts best inside the training rows, by five folds of patients at every site. All fits, one a
 * candidate and fold, iterate in the same secure sums; one sum more tells what each loses on the fold it did not see.
 * Source: Stone 1974; for Cox the loss of training/exact/held-out.ts.
 */

import type { Part } from '../preparation/index.ts';
import {
  type BoundModel,
  fitSumsLength,
  heldOutLoss,
  keepRows,
  type NewtonState,
  newtonStep,
  RIDGE_GRID,
  startFit,
} from '../training/index.ts';

export const FOLDS = 5;

/** Plain JSON; part of the state that sites agree on. */
export interface RidgeTuning {
  /** Candidate by candidate, fold by fold. */
  readonly fits: readonly NewtonState[];
}

export function startTuning(
  model: BoundModel,
  width: number,
  settings: { readonly tolerance: number; readonly maxIterations: number; readonly sites: number; readonly step: number },
): RidgeTuning {
  const shape = model.shape(width);
  return { fits: RIDGE_GRID.flatMap((ridge) => Array.from({ length: FOLDS }, () => startFit({ ...shape, ...settings, ridge }))) };
}

const isRunning = ({ converged, failure }: NewtonState): boolean => !converged && failure === null;
const running = ({ fits }: RidgeTuning) => fits.flatMap((fit, at) => (isRunning(fit) ? [{ fit, fold: at % FOLDS }] : []));

/** Entries of the next sum: those of every running fit, or at the end one loss a fit. */
export function tuningLength(tuning: RidgeTuning): number {
  const lengths = running(tuning).map(({ fit }) => fitSumsLength(fit.size));
  return lengths.length === 0 ? tuning.fits.length : lengths.reduce((sum, length) => sum + length, 0);
}

/** @param folds - Fold of each row of `rows`. */
export function tuningAnswer(tuning: RidgeTuning, model: BoundModel, rows: Part, folds: Uint8Array): Float64Array {
  const seen = Array.from({ length: FOLDS }, (_, fold) => keepRows(rows, (row) => folds[row] !== fold));
  const active = running(tuning);
  if (active.length > 0) return Float64Array.from(active.flatMap(({ fit, fold }) => Array.from(model.sums(seen[fold]!, fit.coefficients))));
  return Float64Array.from(tuning.fits, (fit, at) => (fit.converged ? heldOutLoss(model, rows, folds, at % FOLDS, fit.coefficients) : 0));
}

/** The next state, or the chosen ridge: the candidate of least loss among those that could be fitted on all folds, else the largest. */
export function tuningAdvance(tuning: RidgeTuning, sums: Float64Array): RidgeTuning | number {
  if (running(tuning).length === 0) {
    const candidates = RIDGE_GRID.flatMap((ridge, at) => {
      const own = tuning.fits.slice(at * FOLDS, (at + 1) * FOLDS);
      const loss = sums.slice(at * FOLDS, (at + 1) * FOLDS).reduce((sum, value) => sum + value, 0);
      return own.every(({ converged }) => converged) ? [{ ridge, loss }] : [];
    });
    const [first, ...others] = candidates;
    if (first === undefined) return Math.max(...RIDGE_GRID);
    return others.reduce((least, candidate) => (candidate.loss < least.loss ? candidate : least), first).ridge;
  }
  let at = 0;
  const fits = tuning.fits.map((fit) => {
    if (!isRunning(fit)) return fit;
    const length = fitSumsLength(fit.size);
    at += length;
    return newtonStep(fit, sums.subarray(at - length, at));
  });
  return { fits };
}
