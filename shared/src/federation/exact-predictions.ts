/** What an exact fit says of prepared rows. */
import type { Predictions } from '../evaluation/index.ts';
import { linearPredictor, predictLogistic, type Rows } from '../models/index.ts';
import {
  coxPredictor,
  type ExactSpec,
  effectiveParameters,
  hazardSurvival,
  type NewtonState,
  siteIntercept,
  softmaxClasses,
} from '../training/index.ts';

/**
 * Predictions of an ended fit.
 *
 * @param own - The site's training rows with the same outcome: a hazard model's site intercept is that of this site. Null for none.
 */
export function exactPredictions(spec: ExactSpec, fit: NewtonState, rows: Rows, own: Rows | null): Predictions {
  const { coefficients } = fit;
  switch (spec.kind) {
    case 'logistic':
      return { task: 'binary', probability: predictLogistic(coefficients, rows) };
    case 'softmax':
    case 'softmax-bound':
      return { task: 'multiclass', classes: spec.classes, probability: softmaxClasses(spec.classes, coefficients, rows) };
    case 'linear': {
      const sd = spec.sd * Math.sqrt(residualVariance(fit));
      return {
        task: 'regression',
        mean: linearPredictor(coefficients, rows).map((value) => spec.mean + spec.sd * value),
        sd: new Float64Array(rows.rows).fill(sd),
      };
    }
    case 'poisson':
      // As in the fit's loss: more events than that nobody has.
      return { task: 'count', mean: linearPredictor(coefficients, rows).map((eta) => Math.exp(Math.min(eta, Math.log(spec.most)))) };
    case 'hazard': {
      const intercept = own === null || own.rows === 0 ? 0 : siteIntercept(spec.cuts, own, coefficients);
      return { task: 'time-to-event', cuts: spec.cuts, survival: hazardSurvival(spec.cuts, rows, coefficients, intercept) };
    }
    case 'cox':
      return { task: 'ranking', score: coxPredictor(coefficients, rows) };
  }
}

/** Residual variance of a linear fit, in squared standard deviations of the outcome. */
export function residualVariance(fit: NewtonState): number {
  const freedom = fit.rows - effectiveParameters(fit);
  return freedom > 0 ? (2 * (fit.loss ?? 0)) / freedom : 1;
}
