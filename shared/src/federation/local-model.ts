/** A site's own model, of its own training rows alone: what the shared one must beat there. */
import { lengthPrefixed, randomStream, sha256 } from '../crypto/index.ts';
import type { Predictions } from '../evaluation/index.ts';
import { predictLogistic, type Rows } from '../models/index.ts';
import type { Part, Scaling } from '../preparation/index.ts';
import type { Plan } from '../study/index.ts';
import { fitExact, fitLogistic, tuneExact, tuneRidge } from '../training/index.ts';
import { exactFit, MAIN_FIT } from './exact-fits.ts';
import { exactPredictions } from './exact-predictions.ts';

/** Predictions of a local model for rows of its site. */
export type LocalModel = (rows: Rows) => Predictions;

/** The exact model of the primary outcome, its penalty tuned by cross-validation on the site's own rows; null without an answer. */
export function localModel(plan: Plan, scaling: Scaling, site: string, train: Part): LocalModel | null {
  if (train.rows === 0) return null;
  const { uniform } = randomStream(sha256(lengthPrefixed(['consilium folds 1', plan.study, site, plan.seed])));
  const { spec } = exactFit(plan, scaling, MAIN_FIT);
  if (spec.kind === 'logistic') {
    const { coefficients } = fitLogistic(train, tuneRidge(train, uniform).ridge);
    return (rows) => ({ task: 'binary', probability: predictLogistic(coefficients, rows) });
  }
  const fit = fitExact(spec, [train], tuneExact(spec, train, uniform));
  return fit.converged ? (rows) => exactPredictions(spec, fit, rows, train) : null;
}
