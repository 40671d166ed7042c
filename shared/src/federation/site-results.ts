/** Results for one hospital's own eyes: its test rows under its local-only model and under the models it helped to train. */
import {
  calibrationCurve,
  directMetrics,
  fitCalibration,
  headline,
  type Predictions,
  readTask,
  readTaskCalibration,
  rocCurve,
  taskSums,
} from '../evaluation/index.ts';
import type { Part } from '../preparation/index.ts';
import type { Plan } from '../study/index.ts';
import type { ModelCurves, SitePrediction, SiteResults } from './contracts.ts';
import { siteEffectRows } from './effect-results.ts';
import { evaluatedLabels } from './evaluation-order.ts';
import { instabilityOf } from './instability.ts';
import { localModel } from './local-model.ts';
import { binaryOwnIntervals, joiningGains, lossInterval } from './own-gain.ts';
import { personalModel, scoresWithOwnPart } from './personal-model.ts';
import type { ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';
import { outcomeOfLabel, predictionsOf } from './scores.ts';
import type { SiteRows } from './stage.ts';
import { studyResults } from './study-results.ts';
import { otherOptions, taskOptions } from './task-options.ts';

const SETS = ['train', 'validation', 'test'] as const;

/** @returns Everything but the rows themselves; computed at the site, never sent. Null before the study is done. */
export function siteResults(plan: Plan, state: ProgrammeState, rows: SiteRows): SiteResults | null {
  const pooled = studyResults(plan, state);
  if (state.stage.kind !== 'done' || pooled === null) return null;
  const scaling = required(state.scaling, 'scaling');
  const prepared = rows.prepared(scaling);
  const local = localModel(plan, scaling, rows.site, prepared.train);
  // The primary outcome's models; those of a harm stand in the pooled results.
  const labels = evaluatedLabels(plan, state).filter((label) => outcomeOfLabel(plan, state, label).role === 'primary');
  const personal = labels.includes('federated') ? personalModel(plan, state, rows.site, prepared) : null;
  const shown = [...labels, ...(personal === null ? [] : ['personal']), ...(local === null ? [] : ['local'])];
  const predict = (label: string, part: Part): Predictions => {
    if (label === 'local') return required(local, 'local')(part);
    if (label === 'personal') return { task: 'binary', probability: required(personal, 'personal').score(part) };
    const own = label === 'federated' ? scoresWithOwnPart(plan, state, rows.site, prepared, part) : null;
    return own === null ? predictionsOf(plan, state, label, part, prepared.train) : { task: 'binary', probability: own };
  };
  const gainsOf = () => {
    const { test } = prepared;
    const others = (['federated', 'personal'] as const).filter((label) => shown.includes(label));
    const { shape, smallestCell } = taskOptions(plan, state, 'federated');
    return joiningGains(
      predict('local', test),
      others.map((label) => [label, predict(label, test)] as const),
      test,
      shape,
      smallestCell,
    );
  };
  const curves = (label: string) => curvesOf(plan, state, label, predict(label, prepared.test), prepared.test);
  return {
    local: local === null ? null : curves('local'),
    federated: labels.includes('federated') ? curves('federated') : null,
    personal: personal === null ? null : { ...curves('personal'), note: personal.note },
    exact: labels.includes('exact') ? curves('exact') : null,
    gains: local === null ? [] : gainsOf(),
    instability: instabilityOf(plan, state, prepared.test),
    pooled,
    rows: { train: prepared.train.rows, validation: prepared.validation.rows, test: prepared.test.rows },
    effect: siteEffectRows(plan, state, rows),
    predictions: SETS.flatMap((set) => {
      const part = prepared[set];
      const predicted = shown.map((label) => [label, predict(label, part)] as const);
      const scores = predicted.map(([label, values]) => [label, headline(values)] as const);
      const classes = predicted.flatMap(([label, values]) => (values.task === 'multiclass' ? [[label, values] as const] : []));
      return Array.from(
        { length: part.rows },
        (_, row): SitePrediction => ({
          row: part.row[row]!,
          set,
          outcome: part.y[row]!,
          time: part.time === null ? null : part.time[row]!,
          scores: Object.fromEntries(scores.map(([label, values]) => [label, values[row]!])),
          classes: classes.length === 0 ? null : Object.fromEntries(classes.map(([label, values]) => [label, classesAt(values, row)])),
        }),
      );
    }),
  };
}

/** One row's probabilities, shape (classes,). */
const classesAt = ({ classes, probability }: Extract<Predictions, { task: 'multiclass' }>, row: number): number[] =>
  Array.from(probability.subarray(row * classes, (row + 1) * classes));

/** A model's figures at this site, by the rules of the pooled ones. */
function curvesOf(plan: Plan, state: ProgrammeState, label: string, predictions: Predictions, test: Part): ModelCurves {
  const options = taskOptions(plan, state, optionsLabel(state, label));
  const other = otherOptions(options);
  const loss = lossInterval(predictions, test, options.shape);
  if (other === null && predictions.task === 'binary') {
    const own = binaryCurves(predictions.probability, test.y, options.smallestCell);
    return { ...own, intervals: { ...own.intervals, ...loss } };
  }
  const { measures, intervals, n, events, calibration } = readTask(
    taskSums(predictions, test, required(other, 'options')),
    required(other, 'options'),
  );
  const { intercept, slope } = ownCalibration(predictions, test, options.shape);
  const metrics = { n, events, ...measures, calibrationIntercept: intercept, calibrationSlope: slope };
  return { metrics, intervals: { ...intervals, ...loss }, roc: [], calibration };
}

/** The model whose evaluation a model of the site's own is judged by: its local one is an exact fit. */
function optionsLabel(state: ProgrammeState, label: string): string {
  if (label === 'local') return state.network === null ? 'federated' : 'exact';
  return label === 'personal' ? 'federated' : label;
}

const ownCalibration = (predictions: Predictions, test: Part, shape: ReturnType<typeof taskOptions>['shape']) =>
  readTaskCalibration(test.rows === 0 ? null : fitCalibration(predictions, test, shape));

function binaryCurves(scores: Float64Array, labels: Float64Array, smallestCell: number): ModelCurves {
  const { n, events, ...metrics } = directMetrics(scores, labels, smallestCell);
  const hasBoth = events > 0 && events < n;
  return {
    metrics: { n, events, ...metrics },
    intervals: binaryOwnIntervals(scores, labels, smallestCell),
    roc: hasBoth ? rocCurve(scores, labels) : [],
    calibration: calibrationCurve(scores, labels),
  };
}
