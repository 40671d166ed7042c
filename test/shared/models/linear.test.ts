import { linearPredictor, predictLogistic, sigmoid } from '@consilium/shared/models';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('logistic regression', () => {
  it('gives one half at zero and the odds p / (1 − p) = e^logit elsewhere', () => {
    expect(sigmoid(0)).toBe(0.5);
    for (const logit of [-3, -0.5, 1, 2.5]) expect(sigmoid(logit) / (1 - sigmoid(logit))).toBeCloseTo(Math.exp(logit), 10);
  });

  it('stays within [0, 1] and is symmetric for any number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (logit) => {
        const p = sigmoid(logit);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(p + sigmoid(-logit)).toBeCloseTo(1, 14);
      }),
    );
  });

  it('adds the intercept and each column times its coefficient', () => {
    const rows = { x: Float64Array.of(1, 2, 3, 4), y: Float64Array.of(0, 1), rows: 2, width: 2 };
    expect(Array.from(linearPredictor([10, 1, -1], rows))).toEqual([9, 9]);
    expect(predictLogistic([0, 1, -0.5], rows)[0]).toBe(0.5);
  });

  it('refuses a wrong number of coefficients', () => {
    expect(() => predictLogistic([1], { x: Float64Array.of(1), y: Float64Array.of(1), rows: 1, width: 1 })).toThrow(
      /expected 2 coefficients, got 1/,
    );
  });
});
