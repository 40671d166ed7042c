/** The released results of a study, read from the state that every site derives. */
import { binaryIntervals, type Conformal, readConformal, readEvaluation, readTask, readTaskCalibration } from '../evaluation/index.ts';
import { designNames } from '../preparation/index.ts';
import { type Plan, primaryOutcome } from '../study/index.ts';
import { exactModel, type NewtonState, parameterTable } from '../training/index.ts';
import { readBaseline } from './arm-baseline.ts';
import type { CoefficientResult, FitResults, ModelResults, StudyResults } from './contracts.ts';
import { studyEffect } from './effect-results.ts';
import { type ExactFit, exactFits, MAIN_FIT } from './exact-fits.ts';
import { residualVariance } from './exact-predictions.ts';
import { failureNotes } from './fit-failures.ts';
import { judgedResults } from './judged-results.ts';
import type { ProgrammeState } from './programme-state.ts';
import { outcomeSd } from './stages/conformal.ts';
import { otherOptions, taskOptions } from './task-options.ts';

type Evaluated = NonNullable<ProgrammeState['evaluations'][string]>;

/** @returns What is known so far, or null before the first fit has ended. */
export function studyResults(plan: Plan, programme: ProgrammeState): StudyResults | null {
  const { newton, scaling, beside } = programme;
  if (newton === null || scaling === null) return null;
  if (!newton.converged && newton.failure === null) return null;
  const names = designNames(plan, scaling);
  const fits = exactFits(plan, scaling).map((fit) => ({ fit, state: fit.label === MAIN_FIT ? newton : beside[fit.label] }));
  const ended = fits.flatMap(({ fit, state }) => (state?.converged || state?.failure ? [{ fit, state }] : []));
  const coefficients = (fit: ExactFit, state: NewtonState) => (state.converged ? coefficientsOf(fit, state, names) : []);
  return {
    models: Object.fromEntries(Object.keys(programme.evaluations).map((label) => [label, modelResults(plan, programme, label)])),
    classes: classesOf(plan),
    coefficients: ended.flatMap(({ fit, state }) => (fit.label === MAIN_FIT ? coefficients(fit, state) : [])),
    fits: ended.map(({ fit, state }): FitResults => {
      const { label, outcome, spec } = fit;
      const { ridge, rows, loss, iteration } = state;
      return {
        label,
        outcome: outcome.name,
        kind: spec.kind === 'softmax-bound' ? 'softmax' : spec.kind,
        ridge,
        rows,
        loss,
        sums: iteration,
        coefficients: coefficients(fit, state),
      };
    }),
    notes: [
      ...scaling.notes,
      ...ended.flatMap(({ fit, state }) => failureNotes(plan, scaling, fit, state)),
      ...endNotes(programme),
      ...conformalNotes(plan, programme),
    ],
    conformal: conformalOf(plan, programme),
    ...judgedResults(plan, programme),
    effect: studyEffect(plan, programme),
    flow: programme.flow,
    baseline: programme.effect?.baseline == null ? null : readBaseline(plan, programme.effect.baseline),
  };
}

function classesOf(plan: Plan): readonly string[] {
  const outcome = primaryOutcome(plan);
  return outcome.task === 'multiclass' ? outcome.codes.map(({ label }) => label) : [];
}

/** A state never changes, so what its evaluations say is read once, not for every look at a study. */
const known = new WeakMap<Evaluated, ModelResults>();

function modelResults(plan: Plan, programme: ProgrammeState, label: string): ModelResults {
  const evaluation = programme.evaluations[label];
  if (evaluation === undefined) throw new TypeError('modelResults: expected an evaluated model');
  const before = known.get(evaluation);
  if (before !== undefined) return before;
  const results = readModel(plan, programme, label, evaluation);
  known.set(evaluation, results);
  return results;
}

function readModel(plan: Plan, programme: ProgrammeState, label: string, evaluation: Evaluated): ModelResults {
  const options = taskOptions(plan, programme, label);
  const other = otherOptions(options);
  const { intercept, slope } = readTaskCalibration(evaluation.calibration);
  const scale = { calibrationIntercept: intercept, calibrationSlope: slope };
  if (other === null) {
    const read = readEvaluation(evaluation.sums, options);
    const { logLoss, brier, accuracy, observedExpected, aurocWithin, aurocBinned } = read;
    const measures = { aurocWithin, logLoss, brier, accuracy, observedExpected, aurocBinned, ...scale };
    return { ...read, ...scale, task: 'binary', measures, intervals: binaryIntervals(read), survival: null };
  }
  const { measures, ...read } = readTask(evaluation.sums, other);
  return {
    ...NO_CLASSES,
    ...read,
    logLoss: measures.logLoss ?? null,
    brier: measures.brier ?? null,
    accuracy: measures.accuracy ?? null,
    observedExpected: measures.observedExpected ?? null,
    ...scale,
    task: other.shape.task,
    measures: { ...measures, ...scale },
  };
}

/** What only an evaluation of two classes holds. */
const NO_CLASSES = {
  aurocWithin: null,
  aurocWithinSe: null,
  aurocWithinInterval: null,
  aurocBinned: null,
  aurocBound: null,
  histogramRows: 0,
  netBenefit: [],
  roc: [],
} as const;

/** A fit's parameters; those of a linear regression in the outcome's own unit. */
export function coefficientsOf({ spec }: ExactFit, state: NewtonState, columns: readonly string[]): readonly CoefficientResult[] {
  const names = exactModel(spec).names(columns);
  if (spec.kind !== 'linear') return parameterTable(state, names);
  const dispersion = { variance: residualVariance(state), freedom: Math.max(1, state.rows - state.size) };
  return parameterTable(state, names, dispersion).map((row, j) => {
    const shift = j === 0 ? spec.mean : 0;
    const scaled = (value: number) => value * spec.sd;
    const interval = row.interval === null ? null : ([scaled(row.interval[0]) + shift, scaled(row.interval[1]) + shift] as const);
    const standardError = row.standardError === null ? null : scaled(row.standardError);
    // The test of an intercept is against the outcome's own zero.
    return { ...row, value: scaled(row.value) + shift, standardError, interval, pValue: j === 0 ? null : row.pValue };
  });
}

const ENDS = {
  diverged: 'Training diverged at half of the hospitals or more: a weight became infinite. The model before that round is kept.',
  exploded: 'Training was stopped: most of the updates were beyond the clip in two rounds running. The model before them is kept.',
  validation: 'Training ended: the loss on validation patients had stopped falling.',
  converged: 'Training ended when the updates had become as small as the plan asks.',
} as const;

const RECALIBRATED = {
  validation: 'The network was trained with class weights and recalibrated on validation patients: its probabilities are true ones again.',
  training:
    'The network was trained with class weights and recalibrated on the training patients, because validation patients could not tell: its probabilities are true ones again, but for the optimism of training.',
} as const;
const NOT_RECALIBRATED =
  'The network was trained with class weights and could not be recalibrated: its probabilities are not those of the outcome.';

/** The interval from residuals; null before its sum, or without enough validation rows. */
const conformalOf = (plan: Plan, programme: ProgrammeState): Conformal | null =>
  programme.conformal === null ? null : readConformal(programme.conformal, outcomeSd(plan, programme));

function conformalNotes(plan: Plan, programme: ProgrammeState): string[] {
  const outcome = primaryOutcome(plan);
  const found = conformalOf(plan, programme);
  if (found === null || outcome.task !== 'regression') return [];
  const width = `${found.halfWidth.toPrecision(3)}${outcome.unit === undefined ? '' : ` ${outcome.unit}`}`;
  return [
    `For patients pooled over hospitals: ${Math.round(100 * found.level)} of 100 measured values lie within ${width} of the predicted one (conformal, from ${found.n} validation patients). It says nothing of one patient or one hospital.`,
  ];
}

function endNotes({ network }: ProgrammeState): string[] {
  if (network === null) return [];
  const { ended, keptFrom, watched, recalibration, recalibratedOn } = network;
  const [again] = recalibration ?? [];
  return [
    ...(ended === null ? [] : [`${ENDS[ended.reason]} (Round ${ended.round}.)`]),
    ...(keptFrom === null ? [] : [`The model of round ${keptFrom.round} is kept: its loss on validation patients was the lowest.`]),
    ...(again === undefined ? [] : [again.converged ? RECALIBRATED[recalibratedOn ?? 'training'] : NOT_RECALIBRATED]),
    ...(watched?.isShared === false ? ['Training was not watched on validation patients: too few hospitals have enough of them.'] : []),
  ];
}
