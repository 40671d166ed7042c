/** Logistic regression. Source: newton-sums.ts. */
import { newtonSums } from '../newton-sums.ts';
import type { ExactModel } from './exact-model.ts';

export const logistic: ExactModel<'logistic'> = {
  kind: 'logistic',
  shape: (_spec, width) => ({ start: new Array<number>(width + 1).fill(0), free: 1 }),
  names: (_spec, columns) => ['intercept', ...columns],
  sums: (_spec, rows, parameters) => newtonSums(rows, parameters),
  bound: () => 4,
};
