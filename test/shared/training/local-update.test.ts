import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initMlp, mlpLayers, mlpLength, predictMlp, type Rows } from '@consilium/shared/models';
import {
  type BackendName,
  chooseBackend,
  localUpdate,
  mlpGradient,
  prepareBackends,
  shuffledOrder,
  TrainingError,
} from '@consilium/shared/training';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { madeRows, seededUniform } from '../../reference/made-rows.ts';

const SHAPE = { inputs: 4, hidden: [6, 5] };
const CONFIG = { localEpochs: 2, batchSize: 8, learningRate: 0.1 };

function wasmFiles() {
  const folder = new URL('.', `file://${createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')}`);
  const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];
  return { bytes: Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))])) };
}

function task(rows: Rows, seed = 1) {
  return { shape: SHAPE, weights: initMlp(SHAPE, seededUniform(seed)), rows, config: CONFIG, uniform: seededUniform(seed + 100) };
}

function meanLoss(weights: Float64Array, rows: Rows): number {
  const p = predictMlp(SHAPE, weights, rows);
  return rows.y.reduce((sum, y, i) => sum - Math.log(y === 1 ? p[i]! : 1 - p[i]!), 0) / rows.rows;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

beforeAll(async () => {
  const prepared = await prepareBackends({ wasm: wasmFiles(), allowWebgl: false });
  expect(prepared.candidates).toEqual(['plain', 'cpu', 'wasm']);
});

describe('the order of rows', () => {
  it('is every order equally often', () => {
    const uniform = seededUniform(9);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffledOrder(3, uniform).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['012', '021', '102', '120', '201', '210']);
    // Chi-square with 5 degrees of freedom: above 20.5 once in a thousand.
    expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5);
  });
});

describe('the gradient', () => {
  it('is what finite differences of the mean cross-entropy give', () => {
    const rows = madeRows(7, 4);
    const weights = initMlp(SHAPE, seededUniform(2)).map((value, i) => value + 0.02 * ((i % 7) - 3));
    const gradient = mlpGradient(SHAPE, rows)(weights, Uint32Array.of(0, 1, 2, 3, 4, 5, 6));
    for (let i = 0; i < weights.length; i++) {
      const moved = (by: number) =>
        meanLoss(
          weights.map((value, k) => (k === i ? value + by : value)),
          rows,
        );
      expect((moved(1e-6) - moved(-1e-6)) / 2e-6).toBeCloseTo(gradient[i]!, 6);
    }
  });

  it('is what automatic differentiation gives', () => {
    const rows = madeRows(9, 4);
    const weights = initMlp(SHAPE, seededUniform(4)).map((value) => value + 0.05);
    const layers = mlpLayers(SHAPE);
    const tensors = layers.flatMap(({ inputs, outputs, kernelStart, biasStart }) => [
      tf.tensor(Float32Array.from(weights.slice(kernelStart, biasStart)), [inputs, outputs]),
      tf.tensor(Float32Array.from(weights.slice(biasStart, biasStart + outputs)), [outputs]),
    ]);
    const x = tf.tensor2d(Float32Array.from(rows.x), [9, 4]);
    const y = tf.tensor2d(Float32Array.from(rows.y), [9, 1]);
    const gradients = tf.grads((...parts: tf.Tensor[]) => {
      let h: tf.Tensor = x;
      for (let l = 0; l < layers.length; l++) {
        h = h.matMul(parts[2 * l]!).add(parts[2 * l + 1]!);
        if (l < layers.length - 1) h = h.relu();
      }
      return tf.losses.sigmoidCrossEntropy(y, h);
    })(tensors);
    const expected = Float64Array.from(gradients.flatMap((gradient) => Array.from(gradient.dataSync())));
    const actual = mlpGradient(SHAPE, rows)(
      weights,
      Uint32Array.from({ length: 9 }, (_, i) => i),
    );
    expect(largestDifference(actual, expected)).toBeLessThan(1e-6);
  });
});

describe('a local update', () => {
  it('is one step of gradient descent for one batch of all rows', async () => {
    const rows = madeRows(20, 4);
    const weights = initMlp(SHAPE, seededUniform(1));
    const config = { localEpochs: 1, batchSize: 20, learningRate: 0.25 };
    const update = await localUpdate({ shape: SHAPE, weights, rows, config, uniform: seededUniform(1), backend: 'plain' });
    const gradient = mlpGradient(SHAPE, rows)(
      weights,
      Uint32Array.from({ length: 20 }, (_, i) => i),
    );
    expect(
      largestDifference(
        update.delta,
        gradient.map((value) => -0.25 * value),
      ),
    ).toBeLessThan(1e-14);
    expect(update).toMatchObject({ rows: 20, steps: 1 });
  });

  it('lowers the loss on the rows it was trained on', async () => {
    const rows = madeRows(200, 4);
    const given = task(rows);
    const { delta, steps } = await localUpdate({ ...given, backend: 'plain' });
    expect(steps).toBe(2 * 25);
    expect(
      meanLoss(
        given.weights.map((value, i) => value + delta[i]!),
        rows,
      ),
    ).toBeLessThan(meanLoss(given.weights, rows));
  });

  it.each(['cpu', 'wasm'] as const)('is the same on %s as in the plain loop, to float32, with a short last batch', async (backend) => {
    const rows = madeRows(45, 4, 6);
    const expected = await localUpdate({ ...task(rows), backend: 'plain' });
    const actual = await localUpdate({ ...task(rows), backend });
    expect(actual.steps).toBe(expected.steps);
    expect(Math.max(...expected.delta)).toBeGreaterThan(0.05);
    expect(largestDifference(actual.delta, expected.delta)).toBeLessThan(1e-5);
  });

  it.each(['plain', 'cpu', 'wasm'] as const)('has identical bits from the same seed on %s', async (backend) => {
    const rows = madeRows(30, 4);
    const [first, second] = [await localUpdate({ ...task(rows), backend }), await localUpdate({ ...task(rows), backend })];
    expect(second.delta).toEqual(first.delta);
  });

  it.each(['cpu', 'wasm'] as const)('leaves no tensor behind on %s, in success and in failure', async (backend) => {
    const rows = madeRows(30, 4);
    await localUpdate({ ...task(rows), backend });
    const before = tf.memory().numTensors;
    await localUpdate({ ...task(rows), backend });
    await localUpdate({
      ...task(rows),
      uniform: () => {
        throw new Error('no more numbers');
      },
      backend,
    }).catch(() => undefined);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps the backends of updates that run at once apart', async () => {
    const rows = madeRows(40, 4);
    const seen = new Map<string, Set<string>>();
    const run = (backend: BackendName) => {
      const used = seen.get(backend) ?? new Set<string>();
      seen.set(backend, used);
      const onProgress = async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        used.add(tf.getBackend());
      };
      return localUpdate({ ...task(rows), onProgress, backend });
    };
    const updates = await Promise.all((['wasm', 'cpu', 'wasm', 'cpu'] as const).map(run));
    expect(seen).toEqual(
      new Map([
        ['wasm', new Set(['wasm'])],
        ['cpu', new Set(['cpu'])],
      ]),
    );
    expect(updates[2]!.delta).toEqual(updates[0]!.delta);
  });

  it.each(['plain', 'cpu', 'wasm'] as const)('that diverges is a named error on %s', async (backend) => {
    const rows = madeRows(40, 4);
    const config = { localEpochs: 3, batchSize: 4, learningRate: 1e300 };
    const failure = await localUpdate({ ...task(rows), config, backend }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TrainingError);
    expect((failure as TrainingError).code).toBe('diverged');
  });

  it.each(['plain', 'cpu'] as const)('of no rows is zero on %s', async (backend) => {
    const update = await localUpdate({ ...task(madeRows(0, 4)), backend });
    expect(update).toEqual({ delta: new Float64Array(mlpLength(SHAPE)), rows: 0, steps: 0 });
  });

  it('reports each pass, ends at 1 and waits for the listener', async () => {
    const seen: number[] = [];
    let running = 0;
    const onProgress = async ({ epoch, fraction }: { epoch: number; fraction: number }) => {
      expect(++running).toBe(1);
      await Promise.resolve();
      running--;
      seen.push(epoch, fraction);
    };
    await localUpdate({ ...task(madeRows(16, 4)), onProgress, backend: 'plain' });
    expect(seen).toEqual([1, 0.5, 2, 1]);
  });

  it('refuses weights, rows and configurations that do not fit', async () => {
    const given = task(madeRows(5, 4));
    await expect(localUpdate({ ...given, weights: new Float64Array(3), backend: 'plain' })).rejects.toThrow(RangeError);
    await expect(localUpdate({ ...given, rows: madeRows(5, 3), backend: 'plain' })).rejects.toThrow(RangeError);
    await expect(localUpdate({ ...given, config: { ...CONFIG, batchSize: 0 }, backend: 'plain' })).rejects.toThrow(RangeError);
  });
});

describe('the choice of a backend', () => {
  const clock = () => {
    let at = 0;
    return () => (at += 7);
  };

  it('checks and measures every candidate and takes the fastest', async () => {
    const choice = await chooseBackend({ candidates: ['plain', 'cpu', 'wasm'], shape: SHAPE, now: clock() });
    expect(choice.trials.map(({ name, ok }) => [name, ok])).toEqual([
      ['plain', true],
      ['cpu', true],
      ['wasm', true],
    ]);
    const fastest = Math.max(...choice.trials.map((trial) => trial.samplesPerSecond!));
    expect(choice.trials.find((trial) => trial.name === choice.chosen)!.samplesPerSecond).toBe(fastest);
  });

  it('obeys a forced one', async () => {
    expect((await chooseBackend({ candidates: ['plain', 'cpu', 'wasm'], forced: 'wasm', shape: SHAPE, now: clock() })).chosen).toBe('wasm');
  });

  it('refuses a forced one that does not start here', async () => {
    const failure = chooseBackend({ candidates: ['plain'], forced: 'webgl', shape: SHAPE, now: clock() });
    await expect(failure).rejects.toMatchObject({ code: 'backend-missing' });
  });

  it('leaves out a backend that computes something else', async () => {
    const sigmoid = tf.getKernel('Sigmoid', 'cpu');
    tf.unregisterKernel('Sigmoid', 'cpu');
    tf.registerKernel({ ...tf.getKernel('Relu', 'cpu'), kernelName: 'Sigmoid' });
    try {
      const choice = await chooseBackend({ candidates: ['plain', 'cpu'], shape: SHAPE, now: clock() });
      expect(choice.chosen).toBe('plain');
      expect(choice.trials[1]).toMatchObject({ name: 'cpu', ok: false, samplesPerSecond: null });
    } finally {
      tf.unregisterKernel('Sigmoid', 'cpu');
      tf.registerKernel(sigmoid);
    }
  });

  it('ends where the clock stands still', async () => {
    expect((await chooseBackend({ candidates: ['plain'], shape: SHAPE, now: () => 0 })).chosen).toBe('plain');
  });

  it('says why a backend is missing: no WebGL here, files not given, files damaged', async () => {
    const without = await prepareBackends({ allowWebgl: true });
    expect(without.candidates).toEqual(['plain', 'cpu']);
    expect(without.missing.map(({ name }) => name)).toEqual(['wasm', 'webgl']);
    const damaged = await prepareBackends({ wasm: { bytes: { 'tfjs-backend-wasm.wasm': Uint8Array.of(1, 2, 3) } }, allowWebgl: false });
    expect(damaged.missing[0]).toEqual({ name: 'wasm', reason: 'WebAssembly is not allowed here, or its file is damaged.' });
  });
});
