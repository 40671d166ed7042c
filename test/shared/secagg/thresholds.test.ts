/** The numbers of docs/protocol.md §3: threshold and minimum, and the two promises they are chosen for. */
import { thresholds } from '@consilium/shared/secagg';
import fc from 'fast-check';
import { expect, it } from 'vitest';

it('gives the values worked out by hand', () => {
  expect(thresholds(3, 1, 0)).toEqual({ threshold: 3, minimum: 3 });
  expect(thresholds(4, 1, 3)).toEqual({ threshold: 3, minimum: 3 });
  expect(thresholds(5, 1, 4)).toEqual({ threshold: 4, minimum: 4 });
  expect(thresholds(6, 1, 3)).toEqual({ threshold: 5, minimum: 3 });
  expect(thresholds(10, 5, 3)).toEqual({ threshold: 8, minimum: 7 });
  expect(thresholds(100, 1, 50)).toEqual({ threshold: 67, minimum: 50 });
});

it('never lets two cohorts be answered with only colluders in common, and is never more than the sites', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), fc.nat(50), (sites, colluders, minimum) => {
      const result = thresholds(sites, colluders, minimum);
      expect(2 * result.threshold - sites).toBeGreaterThan(colluders);
      expect(3 * result.threshold).toBeGreaterThan(2 * sites);
      expect(result.minimum).toBeGreaterThanOrEqual(Math.max(3, minimum));
      expect(result.minimum - colluders).toBeGreaterThanOrEqual(2);
      if (sites >= result.minimum) expect(result.threshold).toBeLessThanOrEqual(sites);
    }),
  );
});

it('refuses numbers that mean nothing', () => {
  for (const [sites, colluders, minimum] of [
    [0, 1, 3],
    [3, 0, 3],
    [3.5, 1, 3],
    [3, 1, -1],
    [3, 1, Number.NaN],
  ] as const) {
    expect(() => thresholds(sites, colluders, minimum)).toThrow(RangeError);
  }
});
