import { cholesky, choleskyInverse, choleskySolve, normalTail } from '@consilium/shared/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('the Cholesky factor', () => {
  it('solves and inverts what it factors', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 9, maxLength: 9 }), (entries) => {
        // A = B·Bᵀ + I is positive definite for any B.
        const at = (i: number, j: number) =>
          entries.slice(3 * i, 3 * i + 3).reduce((sum, b, k) => sum + b * entries[3 * j + k]!, i === j ? 1 : 0);
        const packed = [at(0, 0), at(0, 1), at(0, 2), at(1, 1), at(1, 2), at(2, 2)];
        const factor = cholesky(packed, 3)!;
        const x = choleskySolve(factor, [1, -2, 3]);
        const inverse = choleskyInverse(factor);
        for (let i = 0; i < 3; i++) {
          expect(at(i, 0) * x[0]! + at(i, 1) * x[1]! + at(i, 2) * x[2]!).toBeCloseTo([1, -2, 3][i]!, 8);
          for (let j = 0; j < 3; j++) {
            const product = at(i, 0) * inverse[j]! + at(i, 1) * inverse[3 + j]! + at(i, 2) * inverse[6 + j]!;
            expect(product).toBeCloseTo(i === j ? 1 : 0, 8);
          }
        }
      }),
    );
  });

  it('says no to a matrix that is not positive definite', () => {
    expect(cholesky([1, 2, 1], 2)).toBe(null);
    expect(cholesky([0], 1)).toBe(null);
  });
});

describe('the normal tail', () => {
  it('has the values of scipy', () => {
    // python3 -c "from scipy.stats import norm; print([norm.sf(z) for z in (0, .5, 1.959963984540054, 3, 5, 10)])"
    const expected = [0.5, 0.3085375387259869, 0.025, 0.0013498980316300933, 2.866515718791933e-7, 7.61985302416047e-24];
    for (const [i, z] of [0, 0.5, 1.959963984540054, 3, 5, 10].entries()) expect(normalTail(z) / expected[i]!).toBeCloseTo(1, 10);
  });
});
