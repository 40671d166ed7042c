/** Cox on six regions of TCGA against figures that two other programs agree on: log-likelihoods, and Harrell's C of the test rows. */
import { concordance, concordancePairs } from '@consilium/shared/evaluation';
import type { Rows } from '@consilium/shared/models';
import { coxPredictor, fitExact } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { loadTcga, tcgaIsAbsent } from '../../reference/tcga.ts';

const sites = tcgaIsAbsent ? [] : loadTcga();

const pooled = (parts: readonly Rows[]): Rows => ({
  x: Float64Array.from(parts.flatMap(({ x }) => Array.from(x))),
  y: Float64Array.from(parts.flatMap(({ y }) => Array.from(y))),
  time: Float64Array.from(parts.flatMap(({ time }) => Array.from(time!))),
  rows: parts.reduce((sum, { rows }) => sum + rows, 0),
  width: parts[0]!.width,
});

function judged(coefficients: readonly number[]) {
  const tests = sites.map(({ test }) => test);
  const all = pooled(tests);
  const pairs = tests.map((rows) => concordancePairs(coxPredictor(coefficients, rows), rows.time!, rows.y));
  const total = (key: keyof (typeof pairs)[number]) => pairs.reduce((sum, pair) => sum + pair[key], 0);
  return {
    pooled: concordance(coxPredictor(coefficients, all), all.time!, all.y)!,
    within: (total('concordant') + total('tied') / 2) / total('comparable'),
  };
}

describe.skipIf(tcgaIsAbsent)('on TCGA breast cancer', () => {
  it.each([
    ['a baseline per centre, penalty 10', 10, true, -414.2873, 0.8498, 0.8405],
    ['a baseline per centre, penalty 1', 1, true, -412.9155, 0.8396, 0.8322],
    ['one baseline for all, penalty 10', 10, false, -578.7479, 0.8425, 0.8289],
  ] as const)('a Cox model with %s', (_name, ridge, isBySite, logLikelihood, c, within) => {
    const trains = sites.map(({ train }) => train);
    const fit = fitExact({ kind: 'cox' }, isBySite ? trains : [pooled(trains)], ridge);
    expect(fit.converged).toBe(true);
    expect(Math.abs(-fit.loss! - logLikelihood)).toBeLessThan(1e-3);
    const { pooled: all, within: own } = judged(fit.coefficients);
    expect(Math.abs(all - c)).toBeLessThan(0.002);
    expect(Math.abs(own - within)).toBeLessThan(1e-4);
  });

  it('without a penalty has a stated reason: columns repeat each other', () => {
    expect(
      fitExact(
        { kind: 'cox' },
        sites.map(({ train }) => train),
        0,
      ).failure,
    ).toBe('singular');
  });
});
