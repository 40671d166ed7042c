/**
 * Poisson regression with a log link: loss Σ(μ − y·η), the constant log y! left out.
 * Source: McCullagh and Nelder, "Generalized Linear Models", 6.2.
 */
import { linearPredictor } from '../../models/index.ts';
import { addOuter, type ExactModel, emptySums } from './exact-model.ts';

export const poisson: ExactModel<'poisson'> = {
  kind: 'poisson',
  shape: ({ mean }, width) => ({ start: [Math.log(Math.max(mean, 1e-3)), ...new Array<number>(width).fill(0)], free: 1 }),
  names: (_spec, columns) => ['intercept', ...columns],
  sums: ({ most }, rows, parameters) => {
    const size = rows.width + 1;
    const { sums, gradient, hessian } = emptySums(size);
    const predictors = linearPredictor(parameters, rows);
    const end = Math.log(most);
    const row = new Float64Array(size);
    row[0] = 1;
    sums[0] = rows.rows;
    for (let i = 0; i < rows.rows; i++) {
      row.set(rows.x.subarray(i * rows.width, (i + 1) * rows.width), 1);
      const eta = predictors[i]!;
      const mu = eta > end ? most : Math.exp(eta);
      const loss = mu + (eta > end ? most * (eta - end) : 0) - rows.y[i]! * eta;
      sums[1] = sums[1]! + loss;
      const residual = mu - rows.y[i]!;
      for (let j = 0; j < size; j++) gradient[j] = gradient[j]! + residual * row[j]!;
      addOuter(hessian, row, size, mu);
    }
    return sums;
  },
  bound: ({ most }) => 16 * most,
};
