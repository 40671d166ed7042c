/**
 * Softmax regression with a reference class. Parameters: one intercept a class but the reference, then the slopes class by class.
 * Source: Böhning 1992, "Multinomial logistic regression algorithm" (log-likelihood, gradient and Hessian).
 */
import type { Rows } from '../../models/index.ts';
import { packedIndex } from '../cholesky.ts';
import { type ExactModel, emptySums } from './exact-model.ts';

export const softmax: ExactModel<'softmax'> = {
  kind: 'softmax',
  shape: ({ classes }, width) => ({ start: new Array<number>((classes - 1) * (width + 1)).fill(0), free: classes - 1 }),
  names: ({ classes }, columns) => {
    const others = Array.from({ length: classes - 1 }, (_, k) => k + 1);
    return [...others.map((k) => `intercept@${k}`), ...others.flatMap((k) => columns.map((column) => `${column}@${k}`))];
  },
  sums: ({ classes }, rows, parameters) => {
    const { width } = rows;
    const others = classes - 1;
    const size = others * (width + 1);
    const { sums, gradient, hessian } = emptySums(size);
    const probabilities = softmaxClasses(classes, parameters, rows);
    const row = new Float64Array(width + 1);
    row[0] = 1;
    sums[0] = rows.rows;
    const at = (k: number, j: number): number => (j === 0 ? k : others + k * width + (j - 1));
    for (let i = 0; i < rows.rows; i++) {
      row.set(rows.x.subarray(i * width, (i + 1) * width), 1);
      const own = probabilities.subarray(i * classes, (i + 1) * classes);
      sums[1] = sums[1]! - Math.log(Math.max(own[rows.y[i]!]!, Number.MIN_VALUE));
      for (let k = 0; k < others; k++) {
        const p = own[k + 1]!;
        const residual = p - Number(rows.y[i] === k + 1);
        for (let j = 0; j <= width; j++) gradient[at(k, j)] = gradient[at(k, j)]! + residual * row[j]!;
        for (let l = k; l < others; l++) {
          const weight = p * (Number(k === l) - own[l + 1]!);
          for (let j = 0; j <= width; j++) {
            const scaled = weight * row[j]!;
            for (let m = k === l ? j : 0; m <= width; m++) {
              const [a, b] = [at(k, j), at(l, m)];
              const index = packedIndex(size, Math.min(a, b), Math.max(a, b));
              hessian[index] = hessian[index]! + scaled * row[m]!;
            }
          }
        }
      }
    }
    return sums;
  },
  bound: () => 4,
};

/**
 * Class probabilities of every row.
 *
 * @returns Row-major, shape (rows, classes); each row sums to 1.
 */
export function softmaxClasses(classes: number, parameters: ArrayLike<number>, rows: Rows): Float64Array {
  const { x, width } = rows;
  const others = classes - 1;
  const result = new Float64Array(rows.rows * classes);
  const logits = new Float64Array(classes);
  for (let i = 0; i < rows.rows; i++) {
    let most = 0;
    for (let k = 0; k < others; k++) {
      let sum = parameters[k]!;
      for (let j = 0; j < width; j++) sum += parameters[others + k * width + j]! * x[i * width + j]!;
      logits[k + 1] = sum;
      most = Math.max(most, sum);
    }
    let total = 0;
    for (let k = 0; k < classes; k++) {
      const odds = Math.exp(logits[k]! - most);
      result[i * classes + k] = odds;
      total += odds;
    }
    for (let k = 0; k < classes; k++) result[i * classes + k] = result[i * classes + k]! / total;
  }
  return result;
}
