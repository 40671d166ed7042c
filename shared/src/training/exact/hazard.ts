/**
 * Discrete-time hazard: in every interval a patient enters, a logistic regression of the event on the interval and the columns, with an
 * intercept of each site's own. The site profiles its intercept out under a penalty of ½b² and hands on the loss, g_β − H_βα H_αα⁻¹ g_α and
 * the Schur complement: a column for a site would be that site's data. Absolute risks come from here.
 *
 * Rule: a patient whose follow-up ends inside an interval counts as having survived it from its middle on.
 * Source: Singer and Willett 1993; Gensheimer and Narasimhan 2019 (the middle rule).
 */
import { type Rows, sigmoid } from '../../models/index.ts';
import { packedIndex } from '../cholesky.ts';
import { addOuter, type ExactModel, emptySums } from './exact-model.ts';

/** Penalty ½·this·b² on a site's own intercept. */
export const SITE_INTERCEPT_PENALTY = 1;

export const hazard: ExactModel<'hazard'> = {
  kind: 'hazard',
  shape: ({ cuts }, width) => ({
    start: [...new Array<number>(cuts.length).fill(-3), ...new Array<number>(width).fill(0)],
    free: cuts.length,
  }),
  names: ({ cuts }, columns) => [...cuts.map((cut) => `interval to ${cut}`), ...columns],
  sums: ({ cuts }, rows, parameters) => {
    const own = siteIntercept(cuts, rows, parameters);
    const size = cuts.length + rows.width;
    const { sums, gradient, hessian } = emptySums(size);
    const cross = new Float64Array(size);
    let ownGradient = SITE_INTERCEPT_PENALTY * own;
    let ownHessian = SITE_INTERCEPT_PENALTY;
    sums[0] = rows.rows;
    sums[1] = 0.5 * SITE_INTERCEPT_PENALTY * own * own;
    const predictors = columnsPredictor(cuts.length, parameters, rows);
    const entered = enteredIntervals(cuts, rows);
    for (let i = 0; i < rows.rows; i++) {
      const row = rows.x.subarray(i * rows.width, (i + 1) * rows.width);
      let residuals = 0;
      let weights = 0;
      const last = entered.count[i]!;
      for (let k = 0; k < last; k++) {
        const eta = own + parameters[k]! + predictors[i]!;
        const p = sigmoid(eta);
        const y = k === last - 1 ? entered.event[i]! : 0;
        const weight = p * (1 - p);
        sums[1] = sums[1]! + Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - y * eta;
        residuals += p - y;
        weights += weight;
        gradient[k] = gradient[k]! + p - y;
        cross[k] = cross[k]! + weight;
        const diagonal = packedIndex(size, k, k);
        hessian[diagonal] = hessian[diagonal]! + weight;
        for (let j = 0; j < rows.width; j++) {
          const at = diagonal + (cuts.length - k) + j;
          hessian[at] = hessian[at]! + weight * row[j]!;
        }
      }
      ownGradient += residuals;
      ownHessian += weights;
      for (let j = 0; j < rows.width; j++) {
        const at = cuts.length + j;
        gradient[at] = gradient[at]! + residuals * row[j]!;
        cross[at] = cross[at]! + weights * row[j]!;
        const scaled = weights * row[j]!;
        const start = packedIndex(size, at, at) - j;
        for (let k = j; k < rows.width; k++) hessian[start + k] = hessian[start + k]! + scaled * row[k]!;
      }
    }
    for (let j = 0; j < size; j++) gradient[j] = gradient[j]! - (cross[j]! * ownGradient) / ownHessian;
    addOuter(hessian, cross, size, -1 / ownHessian);
    return sums;
  },
  bound: ({ cuts }) => 4 * cuts.length,
};

/**
 * The site's own intercept at given shared parameters: the minimum of its penalised loss, by safeguarded Newton steps.
 *
 * @returns 0 without rows.
 */
export function siteIntercept(cuts: readonly number[], rows: Rows, parameters: readonly number[]): number {
  const predictors = columnsPredictor(cuts.length, parameters, rows);
  const entered = enteredIntervals(cuts, rows);
  let own = 0;
  for (let iteration = 0; iteration < 100; iteration++) {
    let gradient = SITE_INTERCEPT_PENALTY * own;
    let curvature = SITE_INTERCEPT_PENALTY;
    for (let i = 0; i < rows.rows; i++) {
      const last = entered.count[i]!;
      for (let k = 0; k < last; k++) {
        const p = sigmoid(own + parameters[k]! + predictors[i]!);
        gradient += p - (k === last - 1 ? entered.event[i]! : 0);
        curvature += p * (1 - p);
      }
    }
    const step = gradient / curvature;
    own -= Math.max(-2, Math.min(2, step));
    if (Math.abs(step) < 1e-13) break;
  }
  return own;
}

/** How many intervals each row entered and counts in, and whether the last of them saw the event. */
export function enteredIntervals(cuts: readonly number[], rows: Rows): { readonly count: Uint8Array; readonly event: Uint8Array } {
  const { time, y } = rows;
  if (time == null) throw new TypeError('hazard: expected rows with a time');
  const count = new Uint8Array(rows.rows);
  const event = new Uint8Array(rows.rows);
  const horizon = cuts[cuts.length - 1]!;
  for (let i = 0; i < rows.rows; i++) {
    const end = time[i]!;
    let at = cuts.findIndex((cut) => end <= cut);
    if (at < 0) at = cuts.length;
    event[i] = y[i] === 1 && end <= horizon ? 1 : 0;
    const from = at === 0 ? 0 : cuts[at - 1]!;
    const isSurvived = at < cuts.length && 2 * end >= from + cuts[at]!;
    count[i] = event[i] === 1 || isSurvived ? at + 1 : at;
  }
  return { count, event };
}

/** β·x of every row, without interval or site. */
export function columnsPredictor(intervals: number, parameters: ArrayLike<number>, { x, width, rows }: Rows): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += parameters[intervals + j]! * x[i * width + j]!;
    return sum;
  });
}

/**
 * Survival at the end of every interval.
 *
 * @param own - The site's own intercept; 0 for a site that took no part.
 * @returns Row-major, shape (rows, cuts.length).
 */
export function hazardSurvival(cuts: readonly number[], rows: Rows, parameters: ArrayLike<number>, own: number): Float64Array {
  const predictors = columnsPredictor(cuts.length, parameters, rows);
  const survival = new Float64Array(rows.rows * cuts.length);
  for (let i = 0; i < rows.rows; i++) {
    let alive = 1;
    for (let k = 0; k < cuts.length; k++) {
      alive *= 1 - sigmoid(own + parameters[k]! + predictors[i]!);
      survival[i * cuts.length + k] = alive;
    }
  }
  return survival;
}
