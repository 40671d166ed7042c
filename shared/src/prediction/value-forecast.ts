/** The answer for one patient where the outcome is no risk of one event: a quantity, an expected number of events, or one of several classes. */
import type { Predictions } from '../evaluation/index.ts';
import {
  exactFit,
  MAIN_FIT,
  type ModelLabel,
  type ProgrammeState,
  predictionsOf,
  residualVariance,
  studyResults,
} from '../federation/index.ts';
import { designNames, type Part, type Scaling } from '../preparation/index.ts';
import { type Plan, trainsByRounds } from '../study/index.ts';
import { classesInterval, covarianceOf, intervalOf } from '../training/index.ts';
import { columnParts, oddsBetween } from './column-parts.ts';
import { featureReasons, likeliestTwo } from './feature-reasons.ts';
import type { Forecast, ForecastNumber, ForecastUncertainty, ValueForecast } from './forecast.ts';

const LABEL: ModelLabel = 'federated';

export interface AskedValue {
  readonly scaling: Scaling;
  /** One row each. */
  readonly patient: Part;
  readonly average: Part;
  readonly imputed: readonly string[];
}

/** Null where the outcome is a risk, or the model has no number for this patient. */
export function valueForecast(plan: Plan, state: ProgrammeState, asked: AskedValue): ValueForecast | null {
  const { patient, average, imputed } = asked;
  const told = numbersOf(predictionsOf(plan, state, LABEL, patient, null));
  const references = numbersOf(predictionsOf(plan, state, LABEL, average, null));
  if (told === null || references === null || !told.values.every(Number.isFinite)) return null;
  const spreads = trainsByRounds(plan) ? instability(plan, state, patient) : intervals(plan, state, asked);
  const numbers = told.values.map(
    (value, at): ForecastNumber => ({ value, reference: references.values[at]!, uncertainty: spreads?.[at] ?? null }),
  );
  const [first] = numbers;
  if (first === undefined) return null;
  const reasons = (scale: (values: readonly number[]) => number): Forecast['reasons'] => reasonsOf(plan, state, asked, scale);
  if (told.task === 'multiclass') {
    const likeliest = likeliestTwo(told.values);
    return { kind: 'classes', classes: numbers, likeliest, reasons: reasons(oddsBetween(likeliest)), imputed };
  }
  if (told.task === 'count') return { kind: 'count', ...first, reasons: reasons(([mean]) => Math.log(mean!)), imputed };
  // The half-width is that of the study's results, for patients pooled over hospitals.
  const found = studyResults(plan, state)?.conformal ?? null;
  const { value } = first;
  const conformal = found === null ? null : { low: value - found.halfWidth, high: value + found.halfWidth, level: found.level };
  return { kind: 'quantity', ...first, conformal, reasons: reasons(([mean]) => mean!), imputed };
}

/** The first row's numbers; null for predictions that are risks. */
function numbersOf(predictions: Predictions): { readonly task: 'multiclass' | 'count' | 'regression'; readonly values: number[] } | null {
  switch (predictions.task) {
    case 'multiclass':
      return { task: 'multiclass', values: Array.from(predictions.probability.subarray(0, predictions.classes)) };
    case 'count':
    case 'regression':
      return { task: predictions.task, values: [predictions.mean[0]!] };
    default:
      return null;
  }
}

/** Delta-method ranges of an exact fit, one a number; null where the fit has no covariance. */
function intervals(plan: Plan, state: ProgrammeState, { scaling, patient }: AskedValue): ForecastUncertainty[] | null {
  const { newton } = state;
  if (newton === null) return null;
  const { spec } = exactFit(plan, scaling, MAIN_FIT);
  const kind = newton.ridge > 0 ? 'spread' : 'interval';
  const one = (found: { readonly low: number; readonly high: number } | undefined): ForecastUncertainty[] | null =>
    found === undefined ? null : [{ kind, low: found.low, high: found.high }];
  switch (spec.kind) {
    case 'linear': {
      const inUnit = (value: number): number => spec.mean + spec.sd * value;
      return one(intervalOf(newton, inUnit, residualVariance(newton))?.([1, ...patient.x]));
    }
    case 'poisson':
      return one(intervalOf(newton, Math.exp)?.([1, ...patient.x]));
    case 'softmax': {
      const covariance = covarianceOf(newton);
      if (covariance === null) return null;
      return classesInterval({ ...newton, covariance }, spec.classes, patient.x).map(({ low, high }) => ({ kind, low, high }));
    }
    default:
      return null;
  }
}

/** Lowest and highest of each number among the fits that the study trained from other starts. */
function instability(plan: Plan, state: ProgrammeState, patient: Part): ForecastUncertainty[] | null {
  const { network } = state;
  if (network === null || network.others.length === 0) return null;
  const fits = [network.weights, ...network.others.map(({ weights }) => weights)].flatMap((weights) => {
    const told = numbersOf(predictionsOf(plan, { ...state, network: { ...network, weights } }, LABEL, patient, null));
    return told === null ? [] : [told.values];
  });
  return (fits[0] ?? []).map((_, at) => {
    const values = fits.map((fit) => fit[at]!);
    return { kind: 'instability', low: Math.min(...values), high: Math.max(...values), fits: fits.length };
  });
}

/** @param scale - What of the numbers is told: of an exact fit it adds over its columns, so that a column's part is its own difference. */
function reasonsOf(
  plan: Plan,
  state: ProgrammeState,
  { scaling, patient, average }: AskedValue,
  scale: (values: readonly number[]) => number,
): Forecast['reasons'] {
  const output = (x: Float64Array): number => {
    const told = numbersOf(predictionsOf(plan, state, LABEL, { ...patient, x }, null));
    return told === null ? Number.NaN : scale(told.values);
  };
  const { kind, parts } = columnParts(output, patient.x, average.x, !trainsByRounds(plan));
  const featureOf = new Map(scaling.columns.map(({ name, feature }) => [name, feature]));
  const names = designNames(plan, scaling).map((name) => featureOf.get(name) ?? name);
  return { kind, items: featureReasons(names, parts) };
}
