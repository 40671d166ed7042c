/** The effect's estimates against statsmodels and numpy on the same rows, sites as 0/1 columns there and profiled out here. */
import { chiSquareQuantile, chiSquareTail, effectResult, siteEffects } from '@consilium/shared/effects';
import { describe, expect, it } from 'vitest';
import { EFFECT_SETTINGS, runEffect } from '../../reference/effect-run.ts';
import { referenceFigures, referenceSites } from '../../reference/effects/rows.ts';

const figures = referenceFigures();
const sites = referenceSites();
const settings = { ...EFFECT_SETTINGS, names: ['a', 'b', 'c'], modifiers: [0, 1, 2] };
const seed = new Uint8Array(32);

describe('a trial', () => {
  const state = runEffect(settings, sites);
  const result = effectResult(settings, state, seed, 100);

  it('has the coefficients, errors and p-value of the fit with site columns', () => {
    state.fits.level1!.coefficients.forEach((value, j) => {
      expect(value).toBeCloseTo(figures.level1.coefficients[j]!, 8);
    });
    expect(result.primary!.relative.standardError).toBeCloseTo(figures.level1.standardErrors[3]!, 8);
    expect(result.primary!.relative.pValue).toBeCloseTo(figures.level1.pValue, 8);
  });

  it('has its score tests', () => {
    expect(result.tests.interactions!.statistic).toBeCloseTo(figures.interactions.statistic, 7);
    expect(result.tests.interactions!.pValue).toBeCloseTo(figures.interactions.pValue, 8);
    expect(result.tests.risk!.statistic).toBeCloseTo(figures.risk.statistic, 7);
    expect(result.tests.risk!.pValue).toBeCloseTo(figures.risk.pValue, 8);
  });

  it('has the average risk difference and a patient’s own, with the delta-method errors over all columns', () => {
    const { absolute } = result.primary!;
    expect(absolute.difference).toBeCloseTo(figures.average.difference, 8);
    expect(absolute.standardError).toBeCloseTo(figures.average.standardError, 8);
    const [first] = siteEffects(settings, state, sites[0]!, sites[0]!.train);
    if (first?.kind !== 'shown') throw new Error('expected an effect');
    expect(first.benefit.benefit).toBeCloseTo(figures.firstPatient.difference, 8);
    expect(first.benefit.standardError).toBeCloseTo(figures.firstPatient.standardError, 8);
  });
});

describe('a cohort in which treatment was chosen', () => {
  it.each(['average', 'treated', 'overlap'] as const)('has the weighted estimate and sandwich error: %s', (estimand) => {
    const observational = { ...settings, assignment: 'observational', estimand, allocation: null } as const;
    const result = effectResult(observational, runEffect(observational, sites), seed, 100);
    expect(result.primary!.relative.logOdds).toBeCloseTo(figures.weighted[estimand]!.logOdds, 7);
    expect(result.primary!.relative.standardError).toBeCloseTo(figures.weighted[estimand]!.standardError, 7);
    expect(result.eValue).not.toBeNull();
    expect(result.messages.map(({ code }) => code)).toContain('evidence-observational');
    expect(result.messages.map(({ code }) => code)).not.toContain('evidence-randomised');
  });
});

describe('the chi-square tail', () => {
  it.each(figures.chiSquare.map(([value, degrees, tail]) => [value, degrees, tail]))(
    'at %d with %d degrees is %d',
    (value, degrees, tail) => {
      expect(chiSquareTail(value!, degrees!)).toBeCloseTo(tail!, 12);
    },
  );

  it('is the inverse of its quantile', () => {
    for (const degrees of [1, 2, 5, 30]) {
      for (const p of [0.5, 0.05, 0.001]) expect(chiSquareTail(chiSquareQuantile(p, degrees), degrees)).toBeCloseTo(p, 12);
    }
  });
});
