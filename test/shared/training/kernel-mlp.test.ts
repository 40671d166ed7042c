/** The kernel's gradient against the plain loop's, bit for bit: many shapes, batches and padded edges. */
import { initMlp } from '@consilium/shared/models';
import { kernelGradient, mlpGradient } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { madeRows, seededUniform } from '../../reference/made-rows.ts';

describe('the kernel of the network', () => {
  it.each([
    [13, [64, 32]],
    [1, [1]],
    [4, [4]],
    [3, [5, 4]],
    [7, [8, 3, 2]],
    [12, [15, 16]],
  ])('gives the bits of the plain loop: %i inputs, hidden %j', (inputs, hidden) => {
    const shape = { inputs, hidden };
    const rows = madeRows(150, inputs);
    for (let at = 0; at < rows.x.length; at += 3) rows.x[at] = 0; // indicators are often zero
    const plain = mlpGradient(shape, rows);
    const kernel = kernelGradient(shape, rows)!;
    const uniform = seededUniform(3);
    const weights = initMlp(shape, uniform);
    for (const size of [1, 2, 3, 5, 32, 63, 64, 65, 150]) {
      const batch = Uint32Array.from({ length: size }, () => Math.floor(150 * uniform()));
      const expected = plain(weights, batch);
      const actual = kernel(weights, batch);
      for (let i = 0; i < weights.length; i++)
        if (actual[i] !== expected[i]) throw new Error(`entry ${i}: ${actual[i]} is not ${expected[i]}`);
      expect(expected.some((value) => value !== 0)).toBe(true);
      for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! - 0.3 * expected[i]!;
    }
  });

  it('keeps two networks apart that take turns', () => {
    const [small, large] = [
      { inputs: 5, hidden: [6] },
      { inputs: 5, hidden: [9] },
    ];
    const rows = madeRows(20, 5);
    const batch = Uint32Array.from({ length: 7 }, (_, i) => i);
    const tasks = [small, large, small].map((shape) => ({ shape, weights: initMlp(shape, seededUniform(5)) }));
    const kernels = tasks.map(({ shape }) => kernelGradient(shape, rows)!);
    tasks.forEach(({ shape, weights }, at) => {
      expect(Array.from(kernels[at]!(weights, batch))).toEqual(Array.from(mlpGradient(shape, rows)(weights, batch)));
    });
  });

  it('refuses columns that do not fit', () => {
    expect(() => kernelGradient({ inputs: 4, hidden: [2] }, madeRows(3, 5))).toThrow(/expected 4 columns/);
  });
});
