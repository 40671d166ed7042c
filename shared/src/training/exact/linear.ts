/**
 * Linear regression of the standardised outcome: loss ½Σr², so its Hessian is XᵀX. Coefficients are in standard deviations of the
 * outcome until they are shown. Source: Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", 3.2 and 3.4.
 */
import { linearPredictor } from '../../models/index.ts';
import { addOuter, type ExactModel, emptySums } from './exact-model.ts';

export const linear: ExactModel<'linear'> = {
  kind: 'linear',
  shape: (_spec, width) => ({ start: new Array<number>(width + 1).fill(0), free: 1 }),
  names: (_spec, columns) => ['intercept', ...columns],
  sums: ({ mean, sd }, rows, parameters) => {
    const size = rows.width + 1;
    const { sums, gradient, hessian } = emptySums(size);
    const fitted = linearPredictor(parameters, rows);
    const row = new Float64Array(size);
    row[0] = 1;
    sums[0] = rows.rows;
    for (let i = 0; i < rows.rows; i++) {
      row.set(rows.x.subarray(i * rows.width, (i + 1) * rows.width), 1);
      const residual = fitted[i]! - (rows.y[i]! - mean) / sd;
      sums[1] = sums[1]! + 0.5 * residual * residual;
      for (let j = 0; j < size; j++) gradient[j] = gradient[j]! + residual * row[j]!;
      addOuter(hessian, row, size, 1);
    }
    return sums;
  },
  bound: () => 16,
};
