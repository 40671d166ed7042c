/**
 * Cox regression with a baseline of its own at each site, ties by Efron's method: minus the log partial likelihood of the site's rows.
 * A site without events adds nothing. Source: Cox 1972; Efron 1977, "The efficiency of Cox's likelihood function for censored data".
 */
import type { Rows } from '../../models/index.ts';
import { addOuter, type ExactModel, emptySums } from './exact-model.ts';

export const cox: ExactModel<'cox'> = {
  kind: 'cox',
  shape: (_spec, width) => ({ start: new Array<number>(width).fill(0), free: 0 }),
  names: (_spec, columns) => [...columns],
  sums: (_spec, rows, parameters) => {
    const { width, x, y } = rows;
    const time = rows.time;
    if (time == null) throw new TypeError('cox: expected rows with a time');
    const { sums, gradient, hessian } = emptySums(width);
    sums[0] = rows.rows;
    const predictors = coxPredictor(parameters, rows);
    const shift = predictors.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const order = Array.from({ length: rows.rows }, (_, i) => i).sort((a, b) => time[b]! - time[a]!);
    const risk = moments(width);
    for (let at = 0; at < order.length; ) {
      const tied: number[] = [];
      const now = time[order[at]!]!;
      const dying = moments(width);
      for (; at < order.length && time[order[at]!] === now; at++) {
        const i = order[at]!;
        const row = x.subarray(i * width, (i + 1) * width);
        const weight = Math.exp(predictors[i]! - shift);
        add(risk, row, weight, width);
        if (y[i] !== 1) continue;
        tied.push(i);
        add(dying, row, weight, width);
      }
      for (const [k, i] of tied.entries()) {
        const share = k / tied.length;
        const total = risk.zero - share * dying.zero;
        sums[1] = sums[1]! + Math.log(total) + shift - predictors[i]!;
        const mean = Float64Array.from(risk.one, (value, j) => (value - share * dying.one[j]!) / total);
        for (let j = 0; j < width; j++) gradient[j] = gradient[j]! + mean[j]! - x[i * width + j]!;
        for (let j = 0; j < hessian.length; j++) hessian[j] = hessian[j]! + (risk.two[j]! - share * dying.two[j]!) / total;
        addOuter(hessian, mean, width, -1);
      }
    }
    return sums;
  },
  bound: () => 64,
};

/** Log hazard ratio of every row against the mean patient, shape (rows,). */
export function coxPredictor(parameters: ArrayLike<number>, { x, width, rows }: Rows): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += parameters[j]! * x[i * width + j]!;
    return sum;
  });
}

/** Σw, Σw·x and Σw·x·xᵀ of a risk set. */
function moments(width: number) {
  return { zero: 0, one: new Float64Array(width), two: new Float64Array((width * (width + 1)) / 2) };
}

function add(set: ReturnType<typeof moments>, row: Float64Array, weight: number, width: number): void {
  set.zero += weight;
  for (let j = 0; j < width; j++) set.one[j] = set.one[j]! + weight * row[j]!;
  addOuter(set.two, row, width, weight);
}
