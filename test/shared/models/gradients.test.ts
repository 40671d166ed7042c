/**
 * The written-out backward passes. Oracles: finite differences of the loss itself in float64, and automatic differentiation of the same
 * network written in TensorFlow.js operations.
 */
import { type CnnShape, type LossSpec, lossOf, type NetworkShape, networkOf, networkOutputs, type Rows } from '@consilium/shared/models';
import { batchGradient, type LocalConfig, localUpdate, tensorGradient } from '@consilium/shared/training';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { madeRows, seededUniform } from '../../reference/made-rows.ts';

const CONFIG: LocalConfig = { localEpochs: 1, batchSize: 32, learningRate: 0.1 };
const WIDTH = 5;

/** Rows with an outcome for the loss: classes, numbers, or times with ties and censoring. */
function rowsFor(loss: LossSpec, width = WIDTH, count = 11): Rows {
  const rows = madeRows(count, width, 3);
  const uniform = seededUniform(8);
  if (loss.kind === 'softmax') return { ...rows, y: rows.y.map(() => Math.floor(loss.classes * uniform())) };
  if (loss.kind === 'gaussian' || loss.kind === 'squared') return { ...rows, y: rows.y.map((_, i) => 2 * rows.x[i * width]! + uniform()) };
  if (loss.kind === 'hazard' || loss.kind === 'cox') return { ...rows, time: rows.y.map(() => Math.floor(8 * uniform())) };
  return rows;
}

const mlp = (extra: object = {}): NetworkShape => ({ inputs: WIDTH, hidden: [6, 4], ...extra });
/** Six by four pixels, unless told otherwise. */
function image(more: Partial<CnnShape>): CnnShape {
  const { width = 6, height = 4 } = more;
  const pixels = Array.from({ length: width * height }, (_, pixel) => pixel);
  return { kind: 'cnn', width, height, pixels, channels: [4, 2], groups: 2, outputs: 1, ...more };
}

const CASES: readonly (readonly [string, NetworkShape, LossSpec])[] = [
  ['a linear model, binary', { inputs: WIDTH, hidden: [], start: 'uniform' }, { kind: 'binary' }],
  ['an MLP, binary with class weights', mlp(), { kind: 'binary', classWeights: [0.5, 3] }],
  ['layer normalisation', mlp({ norm: 'layer' }), { kind: 'binary' }],
  ['batch normalisation', mlp({ norm: 'batch' }), { kind: 'binary' }],
  ['dropout', mlp({ dropout: 0.4 }), { kind: 'binary' }],
  ['layer normalisation and dropout, softmax', mlp({ norm: 'layer', dropout: 0.3, outputs: 3 }), { kind: 'softmax', classes: 3 }],
  ['softmax with class weights', mlp({ outputs: 3 }), { kind: 'softmax', classes: 3, classWeights: [1, 2, 0.25] }],
  ['mean and spread', mlp({ outputs: 2 }), { kind: 'gaussian', mean: 0.5, sd: 2 }],
  ['squared error', mlp(), { kind: 'squared', mean: -1, sd: 3 }],
  ['hazards', mlp({ outputs: 4 }), { kind: 'hazard', cuts: [1, 3, 4, 6] }],
  ['Cox, with ties', mlp(), { kind: 'cox' }],
  ['an additive network', { kind: 'additive', groups: [1, 3, 1], hidden: 4 }, { kind: 'binary' }],
  [
    'an additive network with several outputs',
    { kind: 'additive', groups: [2, 3], hidden: 3, outputs: 4 },
    { kind: 'hazard', cuts: [1, 3, 4, 6] },
  ],
  ['a network for images', image({}), { kind: 'binary' }],
  [
    'a network for images of odd size, three classes',
    image({ width: 5, height: 3, channels: [2, 2, 4], outputs: 3 }),
    { kind: 'softmax', classes: 3 },
  ],
  ['a network for images with constant pixels', image({ pixels: [1, 5, 6, 7, 8, 14, 15, 22] }), { kind: 'binary', classWeights: [1, 3] }],
];

/** Weights off the start, so that no bias is 0 and no scale 1. */
const weightsOf = (shape: NetworkShape): Float64Array =>
  networkOf(shape)
    .init(seededUniform(2))
    .map((value, i) => value + 0.03 * ((i % 7) - 3));

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe.each(CASES)('the gradient of %s', (_, shape, loss) => {
  const rows = rowsFor(loss, networkOf(shape).inputs);
  const batch = Uint32Array.of(0, 7, 3, 1, 9, 10, 4);
  const weights = weightsOf(shape);
  // Every pass draws the same numbers, so dropout leaves out the same units.
  const chance = () => seededUniform(5);

  it('is what finite differences of the loss give', () => {
    const gradient = batchGradient({ shape, loss, rows, config: CONFIG, uniform: chance() })(weights, batch).slice();
    const network = networkOf(shape);
    const lossAt = (at: Float64Array): number => {
      const outputs = network.pass(batch.length).forward(at, rows.x, batch, chance());
      return lossOf(loss).error(outputs, rows, batch, new Float64Array(batch.length * network.outputs));
    };
    for (let i = 0; i < weights.length; i++) {
      const moved = (by: number) => lossAt(weights.map((value, k) => (k === i ? value + by : value)));
      expect((moved(1e-6) - moved(-1e-6)) / 2e-6).toBeCloseTo(gradient[i]!, 6);
    }
    expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('is what automatic differentiation gives', () => {
    const plain = batchGradient({ shape, loss, rows, config: CONFIG, uniform: chance() })(weights, batch);
    const automatic = tensorGradient(tf, { shape, loss, rows, uniform: chance() })(weights, batch);
    for (const [i, value] of plain.entries()) expect(Math.abs(value - automatic[i]!)).toBeLessThan(2e-5);
  });
});

describe('training', () => {
  const task = (shape: NetworkShape, loss: LossSpec, config: LocalConfig, rows = rowsFor(loss, networkOf(shape).inputs, 60)) => ({
    shape,
    loss,
    weights: networkOf(shape).init(seededUniform(1)),
    rows,
    config,
    uniform: seededUniform(4),
  });

  it.each(CASES)('of %s is the same on a TensorFlow.js backend, to float32, and leaves no tensor behind', async (_, shape, loss) => {
    // Not Adam: where a gradient is 0 but for rounding (a bias before a batch normalisation, Cox's intercept) it would step by the sign of noise.
    const config: LocalConfig = { ...CONFIG, batchSize: 16, learningRate: 0.02, optimizer: 'momentum', weightDecay: 0.1, proximal: 0.5 };
    const plain = await localUpdate({ ...task(shape, loss, config), backend: 'plain' });
    const before = tf.memory().numTensors;
    const tensors = await localUpdate({ ...task(shape, loss, config), backend: 'cpu' });
    expect(tf.memory().numTensors).toBe(before);
    expect(tensors.steps).toBe(4);
    for (const [i, value] of plain.delta.entries()) expect(Math.abs(value - tensors.delta[i]!)).toBeLessThan(2e-5);
  });

  it('takes as many steps as asked, over as many passes as they need', async () => {
    const shape = mlp();
    const update = await localUpdate({ ...task(shape, { kind: 'binary' }, { ...CONFIG, batchSize: 25, localSteps: 8 }), backend: 'plain' });
    expect(update.steps).toBe(8);
  });

  it('leaves frozen weights as they are', async () => {
    const shape = mlp({ norm: 'layer' });
    const frozen = new Uint8Array(networkOf(shape).length).fill(1, 10, 20);
    const { delta } = await localUpdate({ ...task(shape, { kind: 'binary' }, CONFIG), frozen, backend: 'plain' });
    expect([...delta.subarray(10, 20)]).toEqual(new Array(10).fill(0));
    expect(delta.filter((value) => value !== 0).length).toBeGreaterThan(20);
  });

  it('holds nearer to its anchor the stronger the proximal term', async () => {
    const shape = mlp();
    const size = async (proximal: number) => {
      const { delta } = await localUpdate({
        ...task(shape, { kind: 'binary' }, { ...CONFIG, localEpochs: 20, proximal }),
        backend: 'plain',
      });
      return Math.hypot(...delta);
    };
    const [free, held, tight] = [await size(0), await size(1), await size(8)];
    expect(held).toBeLessThan(0.6 * free);
    expect(tight).toBeLessThan(0.4 * held);
  });

  it('measures a batch normalisation’s statistics on all training rows: standardised sums in prediction', async () => {
    const shape: NetworkShape = { inputs: WIDTH, hidden: [3], norm: 'batch' };
    const given = task(shape, { kind: 'binary' }, CONFIG);
    const { delta } = await localUpdate({ ...given, backend: 'plain' });
    const after = given.weights.map((value, i) => value + delta[i]!);
    const [kernel, bias] = [after.subarray(0, 15), after.subarray(15, 18)];
    for (let k = 0; k < 3; k++) {
      const sums = Array.from(
        { length: 60 },
        (_, row) => bias[k]! + [0, 1, 2, 3, 4].reduce((sum, j) => sum + given.rows.x[row * 5 + j]! * kernel[j * 3 + k]!, 0),
      );
      const mean = sums.reduce((total, value) => total + value, 0) / 60;
      expect(after[18 + 6 + k]).toBeCloseTo(mean, 10);
      expect(after[18 + 9 + k]).toBeCloseTo(sums.reduce((total, value) => total + (value - mean) ** 2, 0) / 60, 10);
    }
  });

  it('predicts without dropout, the same every time, whatever the size of the table', () => {
    const shape = mlp({ dropout: 0.5 });
    const rows = madeRows(1100, WIDTH);
    const all = networkOutputs(shape, weightsOf(shape), rows);
    expect(networkOutputs(shape, weightsOf(shape), rows)).toEqual(all);
    const last = { ...rows, x: rows.x.subarray(1099 * WIDTH), rows: 1 };
    expect(networkOutputs(shape, weightsOf(shape), last)[0]).toBe(all[1099]);
  });

  it('refuses a network whose outputs the loss does not take', async () => {
    await expect(localUpdate({ ...task(mlp(), { kind: 'gaussian' }, CONFIG), backend: 'plain' })).rejects.toThrow(/needs 2 outputs/);
  });
});
