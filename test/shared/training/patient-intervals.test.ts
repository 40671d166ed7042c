/** How sure a model is of one patient's classes, count and quantity: figures of statsmodels, by patient-intervals.py, which see for the command. */
import { readFileSync } from 'node:fs';
import { residualVariance } from '@consilium/shared/federation';
import { classesInterval, covarianceOf, fitExact, intervalOf } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { reference, referenceSites } from '../../reference/exact-models.ts';

const oracle = JSON.parse(readFileSync(new URL('../../reference/patient-intervals.json', import.meta.url), 'utf8')) as {
  readonly patients: readonly number[];
  readonly classes: readonly (readonly (readonly [number, number, number])[])[];
  readonly counts: readonly (readonly [number, number, number])[];
  readonly quantities: readonly (readonly [number, number])[];
};
const patients = oracle.patients.map((i) => reference.rows.x[i]!);

describe("one patient's interval", () => {
  it('of each class is that of its log odds against all others', () => {
    const fit = fitExact({ kind: 'softmax', classes: 3 }, referenceSites('classes'), 0);
    const covariance = covarianceOf(fit)!;
    for (const [at, columns] of patients.entries()) {
      for (const [k, told] of classesInterval({ ...fit, covariance }, 3, columns).entries()) {
        const [value, low, high] = oracle.classes[at]![k]!;
        expect(told.value).toBeCloseTo(value, 7);
        expect(told.low).toBeCloseTo(low, 6);
        expect(told.high).toBeCloseTo(high, 6);
      }
    }
  });

  it('of an expected count is that of its logarithm', () => {
    const told = intervalOf(fitExact({ kind: 'poisson', mean: 1, most: 1e4 }, referenceSites('count'), 0), Math.exp)!;
    for (const [at, columns] of patients.entries()) {
      const { value, low, high } = told([1, ...columns]);
      expect([value, low, high].map((end, k) => end - oracle.counts[at]![k]!)).toEqual([0, 1, 2].map(() => expect.closeTo(0, 6)));
    }
  });

  it('of a quantity is 1.96 standard errors of its mean to either side', () => {
    const fit = fitExact({ kind: 'linear', mean: 0, sd: 1 }, referenceSites('number'), 0);
    const told = intervalOf(fit, (value) => value, residualVariance(fit))!;
    for (const [at, columns] of patients.entries()) {
      const [value, error] = oracle.quantities[at]!;
      const { value: own, low, high } = told([1, ...columns]);
      expect(own).toBeCloseTo(value, 7);
      expect((high - low) / 2 / 1.959963984540054).toBeCloseTo(error, 7);
    }
  });
});
