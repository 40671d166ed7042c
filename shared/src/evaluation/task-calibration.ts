/**
 * Calibration of any task: the outcome fitted on the model's own linear predictor, by the exact model of that task. Slope 1 says that the
 * spread of predictions is right; intercept 0 that their level is. A ranking has a slope only.
 * Source: Van Calster et al. 2016; Royston and Altman 2013 for the slope of a Cox model.
 */
import type { Rows } from '../models/index.ts';
import { type BoundModel, type ExactSpec, exactModel, type NewtonState, startFit } from '../training/index.ts';
import { horizonRisk, type Predictions, type Truth } from './predictions.ts';
import { logit } from './scores.ts';
import { riskScore } from './survival/score-time.ts';
import type { OutcomeShape } from './tasks/task-evaluation.ts';

const TOLERANCE = 1e-9;
const MOST_ITERATIONS = 25;

export interface CalibrationFit {
  readonly model: BoundModel;
  /** @param sites - Contributors of each sum; 0 where sums are not encoded. @param step - Step of the encoding. */
  start(sites?: number, step?: number): NewtonState;
}

/** The fit of a task's calibration; null where there is none. */
export function calibrationFit(shape: OutcomeShape): CalibrationFit | null {
  const spec = specOf(shape);
  if (spec === null) return null;
  const model = exactModel(spec);
  return {
    model,
    start: (sites = 0, step = 2 ** -40) =>
      startFit({ ...model.shape(1), ridge: 0, tolerance: TOLERANCE, maxIterations: MOST_ITERATIONS, sites, step }),
  };
}

function specOf(shape: OutcomeShape): ExactSpec | null {
  switch (shape.task) {
    case 'binary':
      return { kind: 'logistic' };
    case 'multiclass':
      return null;
    case 'regression':
      return { kind: 'linear', mean: (shape.range[0] + shape.range[1]) / 2, sd: (shape.range[1] - shape.range[0]) / 2 };
    case 'count':
      return { kind: 'poisson', mean: 1, most: 50 * shape.most };
    case 'time-to-event':
    case 'ranking':
      return { kind: 'cox' };
  }
}

/** The model's linear predictor as the one column of a fit. */
export function calibrationRows(predictions: Predictions, { y, time = null }: Truth, shape: OutcomeShape): Rows {
  const x = predictorOf(predictions, shape);
  return { x, y: Float64Array.from(y), time, rows: y.length, width: 1 };
}

function predictorOf(predictions: Predictions, shape: OutcomeShape): Float64Array {
  switch (predictions.task) {
    case 'binary':
      return predictions.probability.map(logit);
    case 'multiclass':
      throw new TypeError('calibrationRows: classes have no one predictor');
    case 'regression': {
      if (shape.task !== 'regression') throw new TypeError('calibrationRows: expected the shape of a regression');
      const [low, high] = shape.range;
      return predictions.mean.map((value) => Math.max(-10, Math.min(10, (2 * value - low - high) / (high - low))));
    }
    case 'count':
      return predictions.mean.map((value) => Math.log(Math.max(value, 1e-12)));
    case 'time-to-event':
      return horizonRisk(predictions).map(riskScore);
    case 'ranking':
      return predictions.score;
  }
}

/** Intercept and slope of an ended fit: a ranking has no intercept, and a fit without an optimum has neither. */
export function readTaskCalibration(fit: NewtonState | null): { readonly intercept: number | null; readonly slope: number | null } {
  if (fit === null || !fit.converged) return { intercept: null, slope: null };
  const [first = null, second = null] = fit.coefficients;
  return fit.size === 1 ? { intercept: null, slope: first } : { intercept: first, slope: second };
}
