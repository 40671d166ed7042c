import { initMlp, mlpLayers, mlpLength, mlpLogits, mlpTensors, predictLogistic, predictMlp } from '@consilium/shared/models';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { madeRows, seededUniform } from '../../reference/made-rows.ts';

tf.enableProdMode();

describe('the network', () => {
  it('lays its tensors out kernel, bias, kernel, bias', () => {
    expect(mlpTensors({ inputs: 3, hidden: [4, 2] })).toEqual([
      { name: 'dense1/kernel', length: 12, shape: [3, 4], part: 'body' },
      { name: 'dense1/bias', length: 4, shape: [4], part: 'body' },
      { name: 'dense2/kernel', length: 8, shape: [4, 2], part: 'body' },
      { name: 'dense2/bias', length: 2, shape: [2], part: 'body' },
      { name: 'dense3/kernel', length: 2, shape: [2, 1], part: 'head' },
      { name: 'dense3/bias', length: 1, shape: [1], part: 'head' },
    ]);
    expect(mlpLength({ inputs: 3, hidden: [4, 2] })).toBe(29);
  });

  it('computes by hand: two inputs, two ReLU units, one of them off', () => {
    const weights = Float64Array.of(1, -1, 2, -2, 0.5, 0.5, 3, 100, -1);
    const rows = { x: Float64Array.of(1, 1), y: Float64Array.of(1), rows: 1, width: 2 };
    // units: 1 + 2 + 0.5 = 3.5 and −1 − 2 + 0.5 → 0; logit: 3 × 3.5 − 1
    expect(mlpLogits({ inputs: 2, hidden: [2] }, weights, rows)[0]).toBe(9.5);
  });

  it('is logistic regression without a hidden layer', () => {
    const rows = madeRows(20, 3);
    const weights = Float64Array.of(0.3, -0.2, 0.9, 0.1);
    const expected = predictLogistic(Float64Array.of(0.1, 0.3, -0.2, 0.9), rows);
    for (const [i, p] of predictMlp({ inputs: 3, hidden: [] }, weights, rows).entries()) expect(p).toBeCloseTo(expected[i]!, 12);
  });

  it('agrees with the dense layers of TensorFlow.js', () => {
    const shape = { inputs: 5, hidden: [7, 6] };
    const rows = madeRows(11, 5);
    const weights = initMlp(shape, seededUniform(3)).map((value, i) => value + 0.01 * (i % 5));
    const model = tf.sequential();
    const layers = mlpLayers(shape);
    for (const [l, { inputs, outputs, kernelStart, biasStart }] of layers.entries()) {
      const dense = tf.layers.dense({ units: outputs, inputShape: [inputs], activation: l < layers.length - 1 ? 'relu' : 'sigmoid' });
      model.add(dense);
      const kernel = tf.tensor2d(Float32Array.from(weights.slice(kernelStart, biasStart)), [inputs, outputs]);
      dense.setWeights([kernel, tf.tensor1d(Float32Array.from(weights.slice(biasStart, biasStart + outputs)))]);
    }
    const expected = (model.predict(tf.tensor2d(Float32Array.from(rows.x), [11, 5])) as tf.Tensor).dataSync();
    for (const [i, p] of predictMlp(shape, weights, rows).entries()) expect(p).toBeCloseTo(expected[i]!, 5);
  });

  it('starts within ±√(6 / inputs), spread evenly, with zero biases, the same from the same stream', () => {
    const shape = { inputs: 24, hidden: [200] };
    const weights = initMlp(shape, seededUniform(5));
    const kernel = weights.slice(0, 4800);
    expect(Math.max(...kernel)).toBeLessThanOrEqual(0.5);
    expect(Math.min(...kernel)).toBeGreaterThanOrEqual(-0.5);
    const meanSquare = kernel.reduce((sum, value) => sum + value * value, 0) / kernel.length;
    expect(meanSquare).toBeCloseTo(0.25 / 3, 2);
    expect(weights.slice(4800, 5000).every((bias) => bias === 0)).toBe(true);
    expect(initMlp(shape, seededUniform(5))).toEqual(weights);
  });

  it('refuses shapes, weights and rows that do not fit', () => {
    const rows = madeRows(1, 2);
    expect(() => mlpLength({ inputs: 2, hidden: [0] })).toThrow(RangeError);
    expect(() => predictMlp({ inputs: 2, hidden: [] }, new Float64Array(4), rows)).toThrow(/expected 3 weights, got 4/);
    expect(() => predictMlp({ inputs: 3, hidden: [] }, new Float64Array(4), rows)).toThrow(/expected 3 columns, got 2/);
  });
});
