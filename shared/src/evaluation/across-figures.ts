/**
 * A hospital's own figures whose spread over hospitals is told, each on the scale on which it is nearly normal, with its variance: ranking
 * (log odds), level (log of observed over expected, or the mean error), calibration slope.
 * Source of the scales: Debray et al. 2017, BMJ 356:i6460; Snell, Ensor, Debray, Moons and Riley 2018.
 */
import { covarianceOf } from '../training/index.ts';
import type { SiteFigure } from './across-sites.ts';
import { horizonRisk, type Predictions, type Truth } from './predictions.ts';
import { pairCounts } from './roc.ts';
import { concordance } from './survival/concordance.ts';
import { concordanceVariance } from './survival/concordance-variance.ts';
import { greenwoodAt, kaplanMeier, survivalAt } from './survival/kaplan-meier.ts';
import { riskScore } from './survival/score-time.ts';
import { fitCalibration, readTaskCalibration } from './task-calibration.ts';
import type { OutcomeShape } from './tasks/task-evaluation.ts';

/** A finer standard error than 0.011 counts as that, and a figure beyond ±7 is none: so every weight fits the sum. */
const LEAST_VARIANCE = 2 ** -13;
const FARTHEST = 7;
/** Fewest patients of each kind from which a slope is told. */
const FEWEST_FOR_SLOPE = 10;

export type FigureScale = 'log-odds' | 'log' | 'plain' | 'unit' | 'log-unit';

/** A figure by the name its measure has; `unit` and `log-unit` are in standard deviations of the outcome. */
export interface AcrossFigure {
  readonly name: string;
  readonly scale: FigureScale;
}

const SLOPE: AcrossFigure = { name: 'calibrationSlope', scale: 'plain' };
const LEVEL: AcrossFigure = { name: 'observedExpected', scale: 'log' };

/** The figures of a task, in the order of `acrossFigures`. */
export function acrossFigureNames(shape: OutcomeShape): readonly AcrossFigure[] {
  switch (shape.task) {
    case 'binary':
      return [{ name: 'aurocWithin', scale: 'log-odds' }, LEVEL, SLOPE];
    case 'multiclass':
      return [
        ...Array.from({ length: shape.classes }, (_, k): AcrossFigure => ({ name: `aurocWithin@${k}`, scale: 'log-odds' })),
        ...Array.from({ length: shape.classes }, (_, k): AcrossFigure => ({ name: `observedExpected@${k}`, scale: 'log' })),
        SLOPE,
      ];
    case 'regression':
      return [{ name: 'meanError', scale: 'unit' }, { name: 'meanAbsoluteError', scale: 'log-unit' }, SLOPE];
    case 'count':
      return [LEVEL, SLOPE];
    case 'time-to-event':
      return [{ name: 'concordanceWithin', scale: 'log-odds' }, LEVEL, SLOPE];
    case 'ranking':
      return [{ name: 'concordanceWithin', scale: 'log-odds' }, SLOPE];
  }
}

/** What a hospital's figures need to know beside its rows. */
export interface AcrossOptions {
  readonly shape: OutcomeShape;
  readonly smallestCell: number;
  /** Of a quantity: its standard deviation over the training rows of all hospitals. 1 for every other task. */
  readonly unit: number;
}

/** @returns Null for each figure that the hospital has too few patients for, or that has no finite variance there. */
export function acrossFigures(predictions: Predictions, truth: Truth, options: AcrossOptions): readonly (SiteFigure | null)[] {
  const fewest = rarest(truth.y, options.shape);
  const floor = Math.max(2, options.smallestCell);
  const names = acrossFigureNames(options.shape);
  if (fewest < floor) return names.map(() => null);
  const figures = [
    ...plainFigures(predictions, truth, options.unit),
    fewest >= FEWEST_FOR_SLOPE ? slopeFigure(predictions, truth, options.shape) : null,
  ];
  if (figures.length !== names.length) throw new TypeError(`acrossFigures: expected predictions of ${options.shape.task}`);
  return figures;
}

/** Patients of the rarest class, of those with and without the event, or all of them where there are no classes. */
export function rarest(y: ArrayLike<number>, shape: Pick<OutcomeShape, 'task'> & { readonly classes?: number }): number {
  if (shape.task === 'regression' || shape.task === 'count') return y.length;
  const counts = new Array<number>(shape.task === 'multiclass' ? (shape.classes ?? 2) : 2).fill(0);
  for (let i = 0; i < y.length; i++) counts[y[i]!] = counts[y[i]!]! + 1;
  return Math.min(...counts);
}

function plainFigures(predictions: Predictions, truth: Truth, unit: number): readonly (SiteFigure | null)[] {
  const { y } = truth;
  switch (predictions.task) {
    case 'binary':
      return [rankFigure(predictions.probability, y), levelFigure(predictions.probability, y)];
    case 'multiclass': {
      const { classes, probability } = predictions;
      const each = Array.from({ length: classes }, (_, k) => ({
        scores: Float64Array.from(y, (_value, i) => probability[i * classes + k]!),
        labels: y.map((value) => Number(value === k)),
      }));
      return [
        ...each.map(({ scores, labels }) => rankFigure(scores, labels)),
        ...each.map(({ scores, labels }) => levelFigure(scores, labels)),
      ];
    }
    case 'regression': {
      const errors = y.map((value, i) => value - predictions.mean[i]!);
      const [error, absolute] = [meanOf(errors.map((value) => value / unit)), meanOf(errors.map(Math.abs))];
      const log = absolute.value > 0 ? bounded(Math.log(absolute.value / unit), absolute.variance / absolute.value ** 2) : null;
      return [bounded(error.value, error.variance), log];
    }
    case 'count': {
      // The variance that counts show themselves, whatever their distribution.
      const squares = y.reduce((sum, value, i) => sum + (value - predictions.mean[i]!) ** 2, 0);
      const [observed, expected] = [total(y), total(predictions.mean)];
      return [observed > 0 && expected > 0 ? bounded(Math.log(observed / expected), squares / (observed * observed)) : null];
    }
    case 'time-to-event': {
      const risks = horizonRisk(predictions);
      const steps = kaplanMeier(truth.time!, y);
      const horizon = predictions.cuts.at(-1)!;
      const observed = 1 - survivalAt(steps, horizon);
      const expected = total(risks) / y.length;
      const level = observed > 0 ? bounded(Math.log(observed / expected), greenwoodAt(steps, horizon) / (observed * observed)) : null;
      return [concordanceFigure(risks.map(riskScore), truth), level];
    }
    case 'ranking':
      return [concordanceFigure(predictions.score, truth)];
  }
}

/** Log odds of the AUROC, by the delta method from DeLong's variance. */
function rankFigure(scores: Float64Array, labels: Float64Array): SiteFigure | null {
  const { concordant, pairs, variance } = pairCounts(scores, labels);
  return variance === null ? null : logOdds(concordant / pairs, variance);
}

function concordanceFigure(scores: Float64Array, { y, time }: Truth): SiteFigure | null {
  const value = concordance(scores, time!, y);
  const variance = concordanceVariance(scores, time!, y);
  return value === null || variance === null ? null : logOdds(value, variance);
}

function logOdds(value: number, variance: number): SiteFigure | null {
  const odds = value * (1 - value);
  return odds > 0 ? bounded(Math.log(value / (1 - value)), variance / (odds * odds)) : null;
}

/** Log of observed over expected; variance (1 − O/n) / O. */
function levelFigure(scores: Float64Array, labels: Float64Array): SiteFigure | null {
  const [observed, expected] = [total(labels), total(scores)];
  return expected > 0 ? bounded(Math.log(observed / expected), (1 - observed / labels.length) / observed) : null;
}

function slopeFigure(predictions: Predictions, truth: Truth, shape: OutcomeShape): SiteFigure | null {
  const fit = fitCalibration(predictions, truth, shape);
  const { slope } = readTaskCalibration(fit);
  const variance = covarianceOf(fit)?.at(-1);
  if (slope === null || variance === undefined) return null;
  const dispersion = shape.task === 'regression' ? (2 * (fit.loss ?? 0)) / Math.max(1, fit.rows - fit.size) : 1;
  return bounded(slope, variance * dispersion);
}

const bounded = (value: number, variance: number): SiteFigure | null =>
  Math.abs(value) <= FARTHEST && variance < Number.POSITIVE_INFINITY ? { value, variance: Math.max(variance, LEAST_VARIANCE) } : null;

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

function meanOf(values: Float64Array): { readonly value: number; readonly variance: number } {
  const value = total(values) / values.length;
  const squares = values.reduce((sum, own) => sum + (own - value) ** 2, 0);
  return { value, variance: squares / (values.length - 1) / values.length };
}
