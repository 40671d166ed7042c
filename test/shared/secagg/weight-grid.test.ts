/** The weight grid: powers of √2, found by trying each. */
import { gridWeight } from '@consilium/shared/secagg';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const grid = Array.from({ length: 60 }, (_, power) => Math.SQRT2 ** -power);

it('gives the power of √2 that is nearest in ratio', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 5000 }), (weight, cap) => {
      const share = Math.min(weight, cap) / cap;
      const distance = (candidate: number) => Math.abs(Math.log(candidate / share));
      const nearest = grid.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
      expect(distance(gridWeight(weight, cap))).toBeCloseTo(distance(nearest), 9);
      expect(grid.some((candidate) => Math.abs(candidate / gridWeight(weight, cap) - 1) < 1e-12)).toBe(true);
    }),
  );
});

it('is exactly 1 from the cap on, exactly halves with the weight, and keeps 0', () => {
  expect(gridWeight(500, 500)).toBe(1);
  expect(gridWeight(1e9, 500)).toBe(1);
  expect(gridWeight(250, 500)).toBe(0.5);
  expect(gridWeight(130, 500)).toBe(0.25);
  expect(gridWeight(354, 500)).toBe(Math.SQRT1_2);
  expect(gridWeight(0, 500)).toBe(0);
});

it('never falls as the weight rises', () => {
  const weights = Array.from({ length: 600 }, (_, weight) => gridWeight(weight, 500));
  expect(weights).toEqual([...weights].sort((a, b) => a - b));
});

it('refuses a weight or cap that means nothing, without repeating the weight', () => {
  for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => gridWeight(weight, 10)).toThrow(RangeError);
  for (const cap of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => gridWeight(1, cap)).toThrow(RangeError);
  expect(() => gridWeight(-123.5, 10)).not.toThrow(/123/);
});
