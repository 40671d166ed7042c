/**
 * How sure a softmax model is of each class's probability for one patient: the delta method on the log odds of the class against all others,
 * where it is nearly normal.
 * Source: Agresti, "Categorical Data Analysis", 8.1 and 3.1.6.
 */
import { sigmoid } from '../models/index.ts';
import type { Estimate, ValueInterval } from './delta-interval.ts';

const NORMAL_97_5 = 1.959963984540054;

/**
 * @param estimate - An intercept a class but the reference, then the slopes class by class, with their covariance.
 * @param columns - The patient's columns, shape (size / (classes − 1) − 1,).
 * @returns One a class, the reference first.
 */
export function classesInterval({ coefficients, covariance }: Estimate, classes: number, columns: ArrayLike<number>): ValueInterval[] {
  const others = classes - 1;
  const width = columns.length;
  const size = others * (width + 1);
  const at = (other: number, j: number): number => (j === 0 ? other : others + other * width + j - 1);
  const row = [1, ...Array.from(columns)];
  const predictors = Array.from({ length: classes }, (_, k) =>
    k === 0 ? 0 : row.reduce((sum, value, j) => sum + value * coefficients[at(k - 1, j)]!, 0),
  );
  const most = Math.max(...predictors);
  return predictors.map((own, k): ValueInterval => {
    // log odds = own − log Σ exp of the others; its slope on another's predictor is minus that one's share of the others.
    const rest = predictors.map((value, l) => (l === k ? 0 : Math.exp(value - most)));
    const total = rest.reduce((sum, value) => sum + value, 0);
    const odds = own - most - Math.log(total);
    const gradient = new Float64Array(size);
    for (let l = 1; l < classes; l++) {
      const slope = l === k ? 1 : -rest[l]! / total;
      for (const [j, value] of row.entries()) gradient[at(l - 1, j)] = slope * value;
    }
    let variance = 0;
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) variance += gradient[a]! * covariance[a * size + b]! * gradient[b]!;
    const margin = NORMAL_97_5 * Math.sqrt(Math.max(0, variance));
    return { value: sigmoid(odds), low: sigmoid(odds - margin), high: sigmoid(odds + margin) };
  });
}
