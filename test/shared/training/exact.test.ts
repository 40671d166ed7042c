/** The exact models against statsmodels and lifelines (test/reference/exact-models.py), sums of sites against pooled rows, and bad rows. */
import type { Rows } from '@consilium/shared/models';
import {
  coefficientTable,
  type ExactSpec,
  exactModel,
  fitExact,
  type NewtonState,
  parameterTable,
  siteIntercept,
} from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { reference, referenceRows, referenceSites } from '../../reference/exact-models.ts';
import { heartIsAbsent, loadHeart } from '../../reference/heart-disease.ts';

const columns = ['a', 'b', 'c'];
const near = (actual: readonly (number | null)[], expected: readonly number[], within: number) => {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i]! - value), `entry ${i}`).toBeLessThan(within);
};
const tableOf = (state: NewtonState, spec: ExactSpec) => parameterTable(state, exactModel(spec).names(columns));

describe('without a penalty, a fit over three sites has the estimate, standard error and p-value of statsmodels or lifelines:', () => {
  const softmax: ExactSpec = { kind: 'softmax', classes: 3 };
  const poisson: ExactSpec = { kind: 'poisson', mean: 1.5, most: 5000 };
  it.each([
    ['logistic', { kind: 'logistic' } as ExactSpec, 'binary', reference.logistic],
    ['Poisson', poisson, 'count', reference.poisson],
    ['Cox with a baseline per site (Efron)', { kind: 'cox' } as ExactSpec, 'event', reference.coxBySite],
  ] as const)('%s', (_name, spec, outcome, expected) => {
    const table = tableOf(fitExact(spec, referenceSites(outcome), 0), spec);
    near(
      table.map(({ value }) => value),
      expected.value,
      1e-7,
    );
    near(
      table.map(({ standardError }) => standardError),
      expected.se,
      1e-6,
    );
    near(
      table.map(({ pValue }) => pValue),
      expected.p,
      1e-6,
    );
  });

  it('softmax', () => {
    const state = fitExact(softmax, referenceSites('classes'), 0);
    const table = tableOf(state, softmax);
    const order = [0, 2, 3, 4, 1, 5, 6, 7]; // statsmodels goes class by class, intercepts inside
    near(
      order.map((at) => table[at]!.value),
      reference.softmax.value,
      1e-6,
    );
    near(
      order.map((at) => table[at]!.standardError),
      reference.softmax.se,
      1e-6,
    );
    near(
      order.map((at) => table[at]!.pValue),
      reference.softmax.p,
      1e-6,
    );
    expect(state.loss).toBeCloseTo(-reference.softmax.loglik, 8);
  });

  it('linear, with the residual variance and Student intervals', () => {
    const spec: ExactSpec = { kind: 'linear', mean: 2.2, sd: 1.7 };
    const state = fitExact(spec, referenceSites('number'), 0);
    const freedom = 150 - 4;
    const variance = (2 * state.loss!) / freedom;
    const table = parameterTable(state, exactModel(spec).names(columns), { variance, freedom });
    expect(variance * spec.sd ** 2).toBeCloseTo(reference.linear.variance, 8);
    near(
      table.map(({ value }, j) => value * spec.sd + (j === 0 ? spec.mean : 0)),
      reference.linear.value,
      1e-8,
    );
    near(
      table.slice(1).map(({ standardError }) => standardError! * spec.sd),
      reference.linear.se.slice(1),
      1e-8,
    );
    near(
      table.slice(1).map(({ pValue }) => pValue),
      reference.linear.p.slice(1),
      1e-8,
    );
    near(
      table.slice(1).map(({ interval }) => interval![1] * spec.sd),
      reference.linear.interval.slice(1).map(([, high]) => high),
      1e-7,
    );
  });

  it('Cox: the log-likelihoods, per site and with a common baseline', () => {
    const bySite = fitExact({ kind: 'cox' }, referenceSites('event'), 0);
    const common = fitExact({ kind: 'cox' }, [referenceRows('event')], 0);
    expect(-bySite.loss!).toBeCloseTo(reference.coxBySite.loglik, 7);
    expect(-common.loss!).toBeCloseTo(reference.coxCommon.loglik, 7);
    near(common.coefficients, reference.coxCommon.value, 1e-7);
  });

  it('discrete-time hazard with profiled, penalised site intercepts', () => {
    const { cuts, plain, ridge, ridgeUsed } = reference.hazard;
    const spec: ExactSpec = { kind: 'hazard', cuts };
    const sites = referenceSites('event');
    const state = fitExact(spec, sites, 0);
    near(state.coefficients, plain.value, 1e-8);
    near(
      sites.map((rows) => siteIntercept(cuts, rows, state.coefficients)),
      plain.own,
      1e-8,
    );
    near(
      tableOf(state, spec).map(({ standardError }) => standardError),
      plain.se,
      1e-8,
    );
    const penalised = fitExact(spec, sites, ridgeUsed);
    near(penalised.coefficients, ridge.value, 1e-8);
    expect(tableOf(penalised, spec).every(({ pValue, interval }) => pValue === null && interval === null)).toBe(true);
  });
});

it.skipIf(heartIsAbsent)('on heart disease, standard errors and p-values without a penalty are those of statsmodels', () => {
  const sites = loadHeart('A').map(({ train }) => train);
  const table = coefficientTable(fitExact({ kind: 'logistic' }, sites, 0), reference.heart.names.slice(1));
  near(
    table.map(({ value }) => value),
    reference.heart.value,
    1e-6,
  );
  near(
    table.map(({ standardError }) => standardError),
    reference.heart.se,
    1e-6,
  );
  near(
    table.map(({ pValue }) => pValue),
    reference.heart.p,
    1e-6,
  );
});

describe('derivatives', () => {
  const specs: readonly (readonly [string, ExactSpec, Parameters<typeof referenceRows>[0]])[] = [
    ['logistic', { kind: 'logistic' }, 'binary'],
    ['softmax', { kind: 'softmax', classes: 3 }, 'classes'],
    ['linear', { kind: 'linear', mean: 1, sd: 2 }, 'number'],
    ['poisson', { kind: 'poisson', mean: 1, most: 3 }, 'count'],
    ['hazard', { kind: 'hazard', cuts: [10, 40] }, 'event'],
    ['cox', { kind: 'cox' }, 'event'],
  ];
  it.each(specs)('of %s are those of its loss, by differences', (_name, spec, outcome) => {
    const rows = referenceRows(outcome, 0);
    const model = exactModel(spec);
    const { start } = model.shape(3);
    const at = start.map((value, j) => value + 0.1 * Math.sin(j + 1));
    const sums = model.sums(rows, at);
    const h = 1e-5;
    for (let j = 0; j < at.length; j++) {
      const moved = (by: number) =>
        model.sums(
          rows,
          at.map((value, k) => value + (k === j ? by : 0)),
        );
      const [up, down] = [moved(h), moved(-h)];
      expect(sums[2 + j]!).toBeCloseTo((up[1]! - down[1]!) / (2 * h), 4);
      for (let k = j; k < at.length; k++) {
        const packed = j * at.length - (j * (j - 1)) / 2 + (k - j);
        // The profiled Hessian is that of the profiled loss only where the own intercept is at its best, which it is.
        expect(sums[2 + at.length + packed]!, `${j},${k}`).toBeCloseTo((up[2 + k]! - down[2 + k]!) / (2 * h), 3);
      }
    }
  });

  it.each(specs.filter(([name]) => name !== 'cox' && name !== 'hazard'))(
    'of %s over sites are those of pooled rows',
    (_name, spec, outcome) => {
      const pooled = fitExact(spec, [referenceRows(outcome)], 1);
      near(fitExact(spec, referenceSites(outcome), 1).coefficients, pooled.coefficients, 1e-8);
    },
  );
});

describe('rows that cannot be fitted have a stated reason, never NaN:', () => {
  const made = (y: readonly number[], x: readonly number[], time: readonly number[] | null = null): Rows => ({
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    time: time === null ? null : Float64Array.from(time),
    rows: y.length,
    width: x.length / y.length,
  });
  const finite = (state: NewtonState) => state.coefficients.every(Number.isFinite) && (state.loss === null || Number.isFinite(state.loss));
  const cases: readonly (readonly [string, ExactSpec, Rows])[] = [
    ['one class', { kind: 'logistic' }, made([1, 1, 1, 1], [1, 2, 3, 4])],
    ['a perfect predictor', { kind: 'logistic' }, made([0, 0, 1, 1], [1, 2, 3, 4])],
    ['a constant column', { kind: 'linear', mean: 0, sd: 1 }, made([0, 1, 3, 2], [1, 1, 1, 1])],
    ['the same column twice', { kind: 'poisson', mean: 1, most: 100 }, made([0, 1, 3, 2], [1, 1, 2, 2, 4, 4, 3, 3])],
    ['a class that nobody has', { kind: 'softmax', classes: 3 }, made([0, 1, 0, 1], [1, 2, 4, 3])],
    ['no events', { kind: 'cox' }, made([0, 0, 0, 0], [1, 2, 3, 4], [1, 2, 3, 4])],
    ['no events in an interval', { kind: 'hazard', cuts: [2, 3, 5] }, made([1, 0, 1, 0], [1, 2, 2, 1], [1, 2.5, 4, 5])],
    ['counts that explode', { kind: 'poisson', mean: 1, most: 100 }, made([0, 0, 0, 90], [-1, 0, 1, 300])],
  ];
  it.each(cases)('%s', (_name, spec, rows) => {
    const free = fitExact(spec, [rows], 0);
    expect(finite(free)).toBe(true);
    if (!free.converged) expect(free.failure).toMatch(/^(singular|separated|iteration-limit)$/);
    const penalised = fitExact(spec, [rows], 1);
    expect(finite(penalised)).toBe(true);
    expect(penalised.converged || penalised.failure !== null).toBe(true);
  });

  it('zero times and a site without rows add what they know', () => {
    const zero = made([0, 1, 0, 1, 1], [1, 2, 3, 5, 4], [0, 0, 3, 4, 2]);
    const nobody = made([], [], []);
    for (const spec of [{ kind: 'cox' }, { kind: 'hazard', cuts: [1, 5] }] as const) {
      const with0 = fitExact(spec, [zero, { ...nobody, width: 1 }], 1);
      expect(with0.converged).toBe(true);
      near(with0.coefficients, fitExact(spec, [zero], 1).coefficients, 1e-9);
    }
  });

  it('a site with one patient in a hundred changes the answer a little and not its existence', () => {
    const small = referenceRows('event', 2);
    const one: Rows = { x: small.x.slice(0, 6), y: small.y.slice(0, 2), time: small.time!.slice(0, 2), rows: 2, width: 3 };
    const with2 = fitExact({ kind: 'cox' }, [referenceRows('event', 0), referenceRows('event', 1), one], 1);
    const without = fitExact({ kind: 'cox' }, [referenceRows('event', 0), referenceRows('event', 1)], 1);
    expect(with2.converged).toBe(true);
    near(with2.coefficients, without.coefficients, 0.1);
  });
});
