/**
 * Calibration of any task: the outcome fitted on the model's own linear predictor, by the exact model of that task. Slope 1 says that the
 * spread of predictions is right; intercept 0 that their level is. A ranking has a slope only, several classes an intercept each and one slope.
 * Source: Van Calster et al. 2016; Royston and Altman 2013 for the slope of a Cox model; Van Hoorde et al. 2014 for classes.
 */
import type { Rows } from '../models/index.ts';
import { type ExactSpec, exactModel, type NewtonState, newtonStep, outputCalibrationSums, startFit } from '../training/index.ts';
import { horizonRisk, type Predictions, type Truth } from './predictions.ts';
import { clipProbability, logit } from './scores.ts';
import { riskScore } from './survival/score-time.ts';
import type { OutcomeShape } from './tasks/task-evaluation.ts';

const TOLERANCE = 1e-9;
const MOST_ITERATIONS = 25;

export interface CalibrationFit {
  /** @param sites - Contributors of each sum; 0 where sums are not encoded. @param step - Step of the encoding. */
  start(sites?: number, step?: number): NewtonState;
  /** One site's part of an iteration, shape (fitSumsLength(size),). */
  sums(predictions: Predictions, truth: Truth, coefficients: readonly number[]): Float64Array;
}

export function calibrationFit(shape: OutcomeShape): CalibrationFit {
  if (shape.task === 'multiclass') return classesFit(shape.classes);
  const model = exactModel(specOf(shape));
  return {
    start: (sites, step) => startFit({ ...model.shape(1), ...SETTINGS, sites, step }),
    sums: (predictions, truth, coefficients) => model.sums(rowsOf(predictions, truth, shape), coefficients),
  };
}

const SETTINGS = { ridge: 0, tolerance: TOLERANCE, maxIterations: MOST_ITERATIONS } as const;

function classesFit(classes: number): CalibrationFit {
  const start = [...new Array<number>(classes - 1).fill(0), 1];
  return {
    start: (sites, step) => startFit({ start, free: classes, ...SETTINGS, sites, step }),
    sums: (predictions, { y }, coefficients) => {
      if (predictions.task !== 'multiclass') throw new TypeError(`calibration: expected classes, got ${predictions.task}`);
      return outputCalibrationSums(
        classes,
        predictions.probability.map((p) => Math.log(clipProbability(p))),
        y,
        coefficients,
      );
    },
  };
}

/** The fit of one set of rows. */
export function fitCalibration(predictions: Predictions, truth: Truth, shape: OutcomeShape): NewtonState {
  const fit = calibrationFit(shape);
  let state = fit.start();
  while (!state.converged && state.failure === null) state = newtonStep(state, fit.sums(predictions, truth, state.coefficients));
  return state;
}

function specOf(shape: Exclude<OutcomeShape, { task: 'multiclass' }>): ExactSpec {
  switch (shape.task) {
    case 'binary':
      return { kind: 'logistic' };
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
function rowsOf(predictions: Predictions, { y, time = null }: Truth, shape: OutcomeShape): Rows {
  return { x: predictorOf(predictions, shape), y: Float64Array.from(y), time, rows: y.length, width: 1 };
}

function predictorOf(predictions: Predictions, shape: OutcomeShape): Float64Array {
  switch (predictions.task) {
    case 'binary':
      return predictions.probability.map(logit);
    case 'multiclass':
      throw new TypeError('calibration: classes have no one predictor');
    case 'regression': {
      if (shape.task !== 'regression') throw new TypeError('calibration: expected the shape of a regression');
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

/**
 * Intercept and slope of an ended fit: a ranking has no intercept, several classes no single one, and a fit without an optimum has neither.
 * The slope is the last parameter.
 */
export function readTaskCalibration(fit: NewtonState | null): { readonly intercept: number | null; readonly slope: number | null } {
  if (fit === null || !fit.converged) return { intercept: null, slope: null };
  return { intercept: fit.size === 2 ? fit.coefficients[0]! : null, slope: fit.coefficients.at(-1)! };
}
