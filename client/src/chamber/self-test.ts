/** A made-up network trained on made-up rows, the same on every machine: shows that a backend computes what the others do. */
import { randomStream } from '@consilium/shared/crypto';
import { initMlp, type MlpShape, type Rows } from '@consilium/shared/models';
import { type BackendName, localUpdate } from '@consilium/shared/training';
import type { SelfTestReport } from './calls.ts';

const SHAPE: MlpShape = { inputs: 13, hidden: [32, 16] };
const ROWS = 512;
const CONFIG = { localEpochs: 1, batchSize: 30, learningRate: 0.1 };
const MEASURED_MS = 400;

/**
 * Trains once for the update, then again and again for the speed.
 *
 * @param backend - One that this chamber prepared.
 */
export async function runSelfTest(backend: BackendName): Promise<SelfTestReport> {
  const stream = randomStream(new Uint8Array(32).fill(7));
  const weights = initMlp(SHAPE, () => stream.uniform());
  const rows = madeUpRows(() => stream.uniform());
  const train = () => {
    const order = randomStream(new Uint8Array(32).fill(8));
    return localUpdate({ shape: SHAPE, weights, rows, config: CONFIG, uniform: () => order.uniform(), backend });
  };
  const { delta } = await train();
  const start = performance.now();
  let passes = 0;
  for (; performance.now() - start < MEASURED_MS; passes++) await train();
  return { backend, update: delta, samplesPerSecond: (1000 * passes * ROWS) / (performance.now() - start) };
}

function madeUpRows(uniform: () => number): Rows {
  const x = Float64Array.from({ length: ROWS * SHAPE.inputs }, () => 2 * uniform() - 1);
  const y = Float64Array.from({ length: ROWS }, (_, row) => ((x[row * SHAPE.inputs] ?? 0) + uniform() > 0.5 ? 1 : 0));
  return { x, y, rows: ROWS, width: SHAPE.inputs };
}
