import { largestDifference } from '@consilium/client/check';
import { describe, expect, it } from 'vitest';

describe('the difference of two updates', () => {
  it('is a share of the largest entry of the first', () => {
    expect(largestDifference(Float64Array.of(2, -4), Float64Array.of(2, -3))).toBe(0.25);
    expect(largestDifference(Float64Array.of(1, 5), Float64Array.of(1, 5))).toBe(0);
  });

  it('is infinite for updates of unlike length', () => {
    expect(largestDifference(Float64Array.of(1), Float64Array.of(1, 2))).toBe(Number.POSITIVE_INFINITY);
  });
});
