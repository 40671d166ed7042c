/** Figures: `../shared/reference/heart-and-tcga.md`, recomputed there by two independent programs. */
import { predictLogistic } from '@consilium/shared/models';
import { fitLogistic, type NewtonState, newtonStep, newtonSums, newtonSumsLength, startNewton } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { heartIsAbsent, loadHeart, pooled } from '../../reference/heart-disease.ts';

const PUBLISHED = {
  A: [0.1285, 0.2137, 0.5365, 0.0364, -0.075, 0.2348, -0.3281, 0.6312, 0.539, -0.1862, 0.0257, 0.6513, 0.1045, 0.1848],
  B: [0.1239, 0.207, 0.6081, 0.0888, 0.3271, 0.2182, -0.3424, 0.6031, 0.5281, -0.2098, 0.0461, 0.658, 0.0988, 0.1386],
} as const;

describe.skipIf(heartIsAbsent)('four real hospitals', () => {
  it.each(['A', 'B'] as const)('reach the published coefficients of variant %s within 1e-4', (variant) => {
    const training = pooled(loadHeart(variant).map((site) => site.train));
    expect(training.rows).toBe(486);
    const { coefficients } = fitLogistic(training, 1);
    for (const [j, value] of PUBLISHED[variant].entries()) expect(Math.abs(coefficients[j]! - value)).toBeLessThanOrEqual(1e-4);
  });

  it('reach the published coefficients without a ridge', () => {
    const { coefficients } = fitLogistic(pooled(loadHeart('A').map((site) => site.train)), 0);
    for (const [j, value] of [0.1307, 0.2142, 0.5473].entries()) expect(Math.abs(coefficients[j]! - value)).toBeLessThanOrEqual(1e-4);
  });

  it.each(['A', 'B'] as const)('get from four encoded sums what the pooled rows give, to 1e-8, in variant %s', (variant) => {
    const sites = loadHeart(variant);
    const expected = fitLogistic(pooled(sites.map((site) => site.train)), 1).coefficients;
    let state: NewtonState = startNewton(13, 1, 1e-9, 25, 4);
    while (!state.converged && state.failure === null) {
      const sums = new Float64Array(newtonSumsLength(13));
      for (const site of sites) {
        for (const [i, value] of newtonSums(site.train, state.coefficients).entries())
          sums[i] = sums[i]! + Math.round(value * 2 ** 40) / 2 ** 40;
      }
      state = newtonStep(state, sums);
    }
    expect(state.converged).toBe(true);
    for (const [j, value] of state.coefficients.entries()) expect(Math.abs(value - expected[j]!)).toBeLessThanOrEqual(1e-8);
  });

  it('survive the Swiss training part, which has diseased patients only', () => {
    const swiss = loadHeart('A').find((site) => site.id === 'switzerland')!;
    const fit = fitLogistic(swiss.train, 1);
    expect(fit.failure).toBe('one-class');
    // 30 of 30: half an event is added to either side.
    expect(predictLogistic(fit.coefficients, swiss.test)[0]).toBeCloseTo(30.5 / 31, 12);
  });
});
