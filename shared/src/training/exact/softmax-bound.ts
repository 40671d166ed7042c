/** Softmax regression without a Hessian: loss and gradient as of softmax.ts, and with the first sum XᵀX (bound-direction.ts). */
import type { Rows } from '../../models/index.ts';
import { addOuter, type ExactModel } from './exact-model.ts';
import { softmax, softmaxClasses } from './softmax.ts';

export const softmaxBound: ExactModel<'softmax-bound'> = {
  kind: 'softmax-bound',
  shape: ({ classes }, width) => ({ ...softmax.shape({ kind: 'softmax', classes }, width), boundClasses: classes }),
  names: ({ classes }, columns) => softmax.names({ kind: 'softmax', classes }, columns),
  sums: ({ classes }, rows, parameters, isFirst) => {
    const { width } = rows;
    const others = classes - 1;
    const columns = width + 1;
    const size = others * columns;
    const sums = new Float64Array(2 + size + (isFirst ? (columns * (columns + 1)) / 2 : 0));
    const probabilities = softmaxClasses(classes, parameters, rows);
    const row = new Float64Array(columns);
    row[0] = 1;
    sums[0] = rows.rows;
    for (let i = 0; i < rows.rows; i++) {
      row.set(rows.x.subarray(i * width, (i + 1) * width), 1);
      const own = probabilities.subarray(i * classes, (i + 1) * classes);
      sums[1] = sums[1]! - Math.log(Math.max(own[rows.y[i]!]!, Number.MIN_VALUE));
      addGradient(sums.subarray(2, 2 + size), row, own, rows, i, others);
      if (isFirst) addOuter(sums.subarray(2 + size), row, columns, 1);
    }
    return sums;
  },
  bound: () => 4,
};

function addGradient(gradient: Float64Array, row: Float64Array, own: Float64Array, { y, width }: Rows, i: number, others: number): void {
  for (let k = 0; k < others; k++) {
    const residual = own[k + 1]! - Number(y[i] === k + 1);
    gradient[k] = gradient[k]! + residual;
    const start = others + k * width - 1;
    for (let j = 1; j <= width; j++) gradient[start + j] = gradient[start + j]! + residual * row[j]!;
  }
}
