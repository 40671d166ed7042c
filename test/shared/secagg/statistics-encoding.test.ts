/** Statistics in fixed point: an inverse within half a step, exact sums, and nothing that could wrap. */
import { decodeStatistics, encodeStatistics, STATISTICS_STEP, statisticsStep } from '@consilium/shared/secagg';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const LIMIT = 2 ** 62 * STATISTICS_STEP;

it('is within half a step of the value, for values a float64 holds that finely', () => {
  fc.assert(
    fc.property(fc.float64Array({ min: -4096, max: 4096, noNaN: true }), fc.integer({ min: 1, max: 100 }), (values, sites) => {
      const decoded = decodeStatistics(encodeStatistics(values, STATISTICS_STEP, sites), STATISTICS_STEP);
      values.forEach((value, index) => {
        expect(Math.abs(decoded[index]! - value)).toBeLessThanOrEqual(STATISTICS_STEP / 2);
      });
    }),
  );
});

it('sums counts exactly, and negative numbers as two’s complement', () => {
  expect([...encodeStatistics(Float64Array.of(-1, 0, 1), 1, 3)]).toEqual([2n ** 64n - 1n, 0n, 1n]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500_000, max: 500_000 }), { minLength: 1, maxLength: 8 }), (counts) => {
      const sum = BigUint64Array.of(0n);
      for (const count of counts) sum[0]! += encodeStatistics(Float64Array.of(count), STATISTICS_STEP, counts.length)[0]!;
      expect(decodeStatistics(sum, STATISTICS_STEP)[0]).toBe(counts.reduce((a, b) => a + b, 0));
    }),
    { numRuns: 200 },
  );
});

it('holds the largest entry of every site without wrapping, and refuses the next float64', () => {
  for (const sites of [1, 2, 3, 4, 7, 100]) {
    const largest = LIMIT / sites;
    for (const value of [largest, -largest]) {
      const sum = BigUint64Array.of(0n);
      for (let site = 0; site < sites; site++) sum[0]! += encodeStatistics(Float64Array.of(value), STATISTICS_STEP, sites)[0]!;
      expect(decodeStatistics(sum, STATISTICS_STEP)[0]).toBeCloseTo(value * sites, -3);
      expect(Math.sign(decodeStatistics(sum, STATISTICS_STEP)[0]!)).toBe(Math.sign(value));
      expect(() => encodeStatistics(Float64Array.of(value * (1 + 2 ** -51)), STATISTICS_STEP, sites)).toThrow(RangeError);
    }
  }
});

it('refuses NaN and Infinity, naming the place and not the value', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 12345678e30]) {
    const encode = () => encodeStatistics(Float64Array.of(0, 0, value), STATISTICS_STEP, 4);
    expect(encode).toThrow(RangeError);
    expect(encode).toThrow(/entry 2 /);
    expect(encode).not.toThrow(/NaN|Infinity|12345678/);
  }
});

it('refuses a step or number of sites that means nothing', () => {
  for (const step of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => encodeStatistics(new Float64Array(1), step, 3)).toThrow(RangeError);
    expect(() => decodeStatistics(new BigUint64Array(1), step)).toThrow(RangeError);
  }
  for (const sites of [0, 1.5, Number.NaN]) expect(() => encodeStatistics(new Float64Array(1), 1, sites)).toThrow(RangeError);
});

it('chooses the default step, or the finest power of two at which every site’s bound fits', () => {
  expect(statisticsStep(1000, 4)).toBe(STATISTICS_STEP);
  expect(statisticsStep(2 ** 20, 4)).toBe(STATISTICS_STEP);
  fc.assert(
    fc.property(
      fc.double({ min: 2 ** 20, max: 1e30, minExcluded: true, noNaN: true }),
      fc.integer({ min: 4, max: 200 }),
      (bound, sites) => {
        const step = statisticsStep(bound, sites);
        expect(Number.isInteger(Math.log2(step))).toBe(true);
        expect(encodeStatistics(Float64Array.of(bound, -bound), step, sites)).toHaveLength(2);
        expect(() => encodeStatistics(Float64Array.of(bound), step / 2, sites)).toThrow(RangeError);
      },
    ),
  );
  for (const bound of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => statisticsStep(bound, 3)).toThrow(RangeError);
});
