import {
  coefficientTable,
  fitLogistic,
  type NewtonState,
  newtonStep,
  newtonSums,
  newtonSumsLength,
  startNewton,
} from '@consilium/shared/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeRows, sliceRows } from '../../reference/made-rows.ts';

const TEN = {
  x: Float64Array.of(0.5, -1.2, 1.5, 0.3, -0.7, 0.8, 2.1, -0.4, -1.3, -0.9, 0.1, 1.7, 0.9, -0.2, -0.4, 0.6, -2, 1.1, 1.2, 0),
  y: Float64Array.of(1, 0, 0, 1, 0, 1, 1, 0, 0, 1),
  rows: 10,
  width: 2,
};

function run(state: NewtonState, sums: (coefficients: readonly number[]) => Float64Array): NewtonState {
  let running = state;
  while (!running.converged && running.failure === null) running = newtonStep(running, sums(running.coefficients));
  return running;
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, digits);
}

describe('the sums of one iteration', () => {
  it('are n, loss, gradient and Hessian by hand at zero', () => {
    const sums = newtonSums({ x: Float64Array.of(2), y: Float64Array.of(1), rows: 1, width: 1 }, [0, 0]);
    expectClose(sums, [1, Math.LN2, -0.5, -1, 0.25, 0.5, 1], 12);
    expect(newtonSumsLength(1)).toBe(7);
  });

  it('have the gradient and the Hessian that finite differences of the loss give', () => {
    const rows = madeRows(40, 3);
    const at = [0.2, -0.4, 0.7, 0.1];
    const loss = (point: readonly number[]) => newtonSums(rows, point)[1]!;
    const moved = (...moves: [number, number][]) =>
      at.map((value, j) => value + moves.reduce((sum, [k, by]) => sum + (k === j ? by : 0), 0));
    const sums = newtonSums(rows, at);
    const h = 1e-4;
    let entry = 6;
    for (let j = 0; j < 4; j++) {
      expect((loss(moved([j, h])) - loss(moved([j, -h]))) / (2 * h)).toBeCloseTo(sums[2 + j]!, 5);
      for (let k = j; k < 4; k++) {
        const mixed =
          loss(moved([j, h], [k, h])) - loss(moved([j, h], [k, -h])) - loss(moved([j, -h], [k, h])) + loss(moved([j, -h], [k, -h]));
        expect(mixed / (4 * h * h)).toBeCloseTo(sums[entry++]!, 4);
      }
    }
  });

  it('are finite for logits of any size', () => {
    const rows = { x: Float64Array.of(1e3, -1e3), y: Float64Array.of(0, 1), rows: 2, width: 1 };
    expect(newtonSums(rows, [0, 100]).every(Number.isFinite)).toBe(true);
  });
});

describe('the exact fit', () => {
  // Figures of this block: numpy 2 and scipy 1 on the ten rows above, Newton on Xᵀ(p − y) + λ·diag(0, 1, 1)·b; at λ = 1 equal to
  // sklearn LogisticRegression(C=1, tol=1e-12): intercept −0.16315963, coefficients 0.90398073, −0.15913326.
  it('finds the coefficients, standard errors and p-values of another program without a ridge', () => {
    const { state } = fitLogistic(TEN, 0);
    const table = coefficientTable(state!, ['a', 'b']);
    expect(table.map((row) => row.name)).toEqual(['intercept', 'a', 'b']);
    expectClose(
      table.map((row) => row.value),
      [-0.3086395431939741, 1.4462465390376955, -0.14022644225551115],
      9,
    );
    expectClose(
      table.map((row) => row.standardError!),
      [0.8916115042625482, 0.9212124891784046, 0.9075323296695617],
      9,
    );
    expectClose(
      table.map((row) => row.pValue!),
      [0.7292230597671052, 0.11642952430352048, 0.877204480438371],
      9,
    );
    expect(table[1]!.interval![0]).toBeCloseTo(1.4462465390376955 - 1.959963984540054 * 0.9212124891784046, 9);
  });

  it('finds the coefficients and spread of another program with a ridge, and gives no p-value', () => {
    const table = coefficientTable(fitLogistic(TEN, 1).state!, ['a', 'b']);
    expectClose(
      table.map((row) => row.value),
      [-0.16315963242287265, 0.9039807274920147, -0.1591332570287472],
      9,
    );
    expectClose(
      table.map((row) => row.standardError!),
      [0.7373885029933759, 0.4638322872462441, 0.4888104738803515],
      9,
    );
    expect(table.every((row) => row.pValue === null && row.interval === null)).toBe(true);
  });

  it('is the same whether rows lie in one place or many, however they are divided', () => {
    const rows = madeRows(120, 4, 9);
    const expected = fitLogistic(rows, 1).coefficients;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 60, max: 120 }), (a, b) => {
        const sites = [sliceRows(rows, 0, a), sliceRows(rows, a, b), sliceRows(rows, b, 120)];
        const state = run(startNewton(4, 1, 1e-9, 25, 3), (at) => {
          const parts = sites.map((site) => newtonSums(site, at).map((value) => Math.round(value * 2 ** 40) / 2 ** 40));
          return parts[0]!.map((value, i) => value + parts[1]![i]! + parts[2]![i]!);
        });
        expect(state.converged).toBe(true);
        for (const [j, value] of state.coefficients.entries()) expect(Math.abs(value - expected[j]!)).toBeLessThan(1e-8);
      }),
      { numRuns: 20 },
    );
  });

  it('ends where the gradient is zero, for any ridge', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 300, noNaN: true }), fc.integer({ min: 1, max: 50 }), (ridge, seed) => {
        const rows = madeRows(60, 3, seed);
        const { coefficients, failure } = fitLogistic(rows, ridge);
        if (failure === 'one-class') return;
        const sums = newtonSums(rows, coefficients);
        for (let j = 0; j < 4; j++) expect(Math.abs(sums[2 + j]! + (j === 0 ? 0 : ridge * coefficients[j]!))).toBeLessThan(1e-8);
      }),
      { numRuns: 30 },
    );
  });

  it('survives steps that overshoot by halving them, from any start', () => {
    let halvings = 0;
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -4, max: 4, noNaN: true }), (intercept, slope) => {
        const rows = madeRows(40, 1, 3);
        const state = run({ ...startNewton(1, 1, 1e-9, 100), coefficients: [intercept, slope] }, (at) => newtonSums(rows, at));
        expect(state.converged).toBe(true);
        expectClose(state.coefficients, Array.from(fitLogistic(rows, 1).coefficients), 8);
        halvings += state.halvings;
      }),
    );
    expect(halvings).toBeGreaterThan(10);
  });

  it('takes large coefficients of columns in their own units for what they are', () => {
    const rows = madeRows(300, 1, 5);
    const raw = { ...rows, x: rows.x.map((value) => 37 + 0.05 * value) };
    const scaled = fitLogistic(rows, 0).coefficients;
    const { coefficients, failure } = fitLogistic(raw, 0);
    expect(failure).toBe(null);
    expect(Math.abs(coefficients[0]!)).toBeGreaterThan(500);
    expect(coefficients[1]! * 0.05).toBeCloseTo(scaled[1]!, 6);
  });

  it('asks for the same point again after a halved step and never accepts a higher penalised loss', () => {
    const start = startNewton(1, 1, 1e-9, 25);
    const at = (loss: number, gradient: number) => Float64Array.of(10, loss, gradient, gradient, 2, 0, 2);
    const first = newtonStep(start, at(7, 1));
    const second = newtonStep(first, at(8, 1));
    expect(second.halvings).toBe(1);
    expect(second.previous).toEqual(first.previous);
    expectClose(
      second.coefficients,
      first.coefficients.map((value) => value / 2),
      15,
    );
  });

  it('is plain JSON between steps', () => {
    const rows = madeRows(50, 2);
    const whole = run(startNewton(2, 1, 1e-9, 25), (at) => newtonSums(rows, at));
    let stored = startNewton(2, 1, 1e-9, 25);
    while (!stored.converged && stored.failure === null)
      stored = JSON.parse(JSON.stringify(newtonStep(stored, newtonSums(rows, stored.coefficients)))) as NewtonState;
    expect(stored).toEqual(whole);
  });

  it('stops at what the encoding can resolve', () => {
    expect(startNewton(2, 1, 1e-9, 25, 4, 2 ** -20).tolerance).toBe(4 * 2 ** -20);
    expect(startNewton(2, 1, 1e-9, 25, 4).tolerance).toBe(1e-9);
  });

  it('names what stops it: columns that depend on each other, separated classes, the limit', () => {
    const base = madeRows(30, 1);
    const doubled = { ...base, x: Float64Array.from(Array.from(base.x).flatMap((value) => [value, 2 * value])), width: 2 };
    expect(fitLogistic(doubled, 0).failure).toBe('singular');
    expect(fitLogistic(doubled, 1).failure).toBe(null);
    const separated = { ...base, y: base.x.map((value) => (value > 0 ? 1 : 0)) };
    expect(fitLogistic(separated, 0).failure).toBe('separated');
    expect(fitLogistic(separated, 1).failure).toBe(null);
    // Quasi-separation: one value of a binary column has events only.
    const binary = { x: Float64Array.of(0, 0, 0, 0, 1, 1), y: Float64Array.of(0, 1, 0, 1, 1, 1), rows: 6, width: 1 };
    expect(fitLogistic(binary, 0).failure).toBe('separated');
    // Five hundred rows within the plan's usual 25 sums, and a tolerance so coarse that the gradient passes it on the way to infinity.
    const many = madeRows(500, 1);
    const parted = { ...many, y: many.x.map((value) => (value > 0 ? 1 : 0)) };
    expect(fitLogistic(parted, 0, 1e-9, 25).failure).toBe('separated');
    expect(fitLogistic(binary, 0, 1e-4).failure).toBe('separated');
    expect(fitLogistic(base, 1, 1e-9, 2).failure).toBe('iteration-limit');
  });

  it('names one class in the sum as separated, ridge or not, because the intercept is free', () => {
    const rows = { ...madeRows(30, 2), y: new Float64Array(30).fill(1) };
    const state = run(startNewton(2, 1, 1e-9, 60), (at) => newtonSums(rows, at));
    expect(state.failure).toBe('separated');
  });

  it('refuses sums of another length or with an entry that is no number, and ignores sums after its end', () => {
    const state = startNewton(1, 1, 1e-9, 25);
    expect(() => newtonStep(state, new Float64Array(6))).toThrow(/expected 7 sums, got 6/);
    expect(() => newtonStep(state, new Float64Array(7).fill(Number.NaN))).toThrow(/finite/);
    const ended = fitLogistic(TEN, 1).state!;
    expect(newtonStep(ended, new Float64Array(3))).toBe(ended);
    expect(() => startNewton(1, -1, 1e-9, 25)).toThrow(RangeError);
  });
});
