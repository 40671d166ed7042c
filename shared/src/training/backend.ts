/**
 * Which backend trains on this machine: the fastest of those that compute the same as the plain loop.
 *
 * Rules: correctness first (a small problem with a padded batch, against float64), then a short measured trial on the study's own shape;
 * clock and waiting are arguments.
 */
import { initMlp, type MlpShape, type Rows } from '../models/index.ts';
import type { BackendName, LocalTask } from './local-task.ts';
import { localUpdate } from './local-update.ts';
import { registerWasm, type Wait, type WasmFiles, withTensors } from './tensors.ts';
import { TrainingError } from './training-error.ts';

export interface BackendTrial {
  readonly name: BackendName;
  /** Whether it computes what the plain loop computes. */
  readonly ok: boolean;
  /** Rows trained per second in the trial; null when it was not measured. */
  readonly samplesPerSecond: number | null;
  /** Why it is out; null when it is in. A plain sentence. */
  readonly reason: string | null;
}

export interface BackendChoice {
  readonly chosen: BackendName;
  readonly trials: readonly BackendTrial[];
}

/** Backends that can be tried, and why others cannot. */
export interface PreparedBackends {
  readonly candidates: readonly BackendName[];
  readonly missing: readonly { readonly name: BackendName; readonly reason: string }[];
}

/** Largest difference from the plain loop, relative to the largest entry of the update; float32 stays well below, half floats do not. */
const CHECK_TOLERANCE = 1e-3;
const TRIAL_BATCH = 32;
const TRIAL_ROWS = 256;
const TRIAL_MS = 60;

/**
 * Starts what this machine offers. `plain` is always there.
 *
 * @param input.wasm - WebAssembly binaries, or null or absent to leave that backend out.
 * @param input.allowWebgl - Whether to try the graphics processor.
 * @param input.wait - Gives up on a backend that does not start; without it, waits as long as it takes.
 */
export async function prepareBackends(input: {
  readonly wasm?: WasmFiles | null | undefined;
  readonly allowWebgl: boolean;
  readonly wait?: Wait | undefined;
}): Promise<PreparedBackends> {
  const { wasm = null, allowWebgl, wait } = input;
  const candidates: BackendName[] = ['plain'];
  const missing: { name: BackendName; reason: string }[] = [];
  const attempt = async (name: 'cpu' | 'wasm' | 'webgl', prepare: () => Promise<void>) => {
    try {
      await prepare();
      await withTensors(name, () => Promise.resolve(), wait);
      candidates.push(name);
    } catch (error) {
      missing.push({ name, reason: sentenceOf(error) });
    }
  };
  await attempt('cpu', () => Promise.resolve());
  if (wasm === null) missing.push({ name: 'wasm', reason: 'Its files were not given.' });
  else await attempt('wasm', () => registerWasm(wasm));
  if (!allowWebgl) missing.push({ name: 'webgl', reason: 'It was not asked for.' });
  else await attempt('webgl', () => Promise.resolve());
  return { candidates, missing };
}

/**
 * Checks every candidate, measures those that pass, and takes the fastest.
 *
 * @param input.candidates - From `prepareBackends`; `plain` is tried even if absent.
 * @param input.forced - Take this one whatever its speed.
 * @param input.shape - The study's network.
 * @param input.now - Milliseconds of any clock.
 * @throws TrainingError `backend-missing` or `backend-unfit` when the forced backend is not a candidate or fails the check.
 */
export async function chooseBackend(input: {
  readonly candidates: readonly BackendName[];
  readonly forced?: BackendName | null | undefined;
  readonly shape: MlpShape;
  readonly now: () => number;
}): Promise<BackendChoice> {
  const { candidates, forced = null, shape, now } = input;
  const tried = forced === null ? [...new Set<BackendName>(['plain', ...candidates])] : [forced];
  if (forced !== null && forced !== 'plain' && !candidates.includes(forced)) {
    throw new TrainingError('backend-missing', `The ${forced} backend was asked for but does not start here.`);
  }
  const trials: BackendTrial[] = [];
  for (const name of tried) trials.push(await tryBackend(name, shape, now));
  const [fastest] = trials.filter((trial) => trial.ok).sort((a, b) => (b.samplesPerSecond ?? 0) - (a.samplesPerSecond ?? 0));
  if (fastest === undefined) throw new TrainingError('backend-unfit', trials[0]?.reason ?? 'No backend passed its check.');
  return { chosen: fastest.name, trials };
}

async function tryBackend(name: BackendName, shape: MlpShape, now: () => number): Promise<BackendTrial> {
  try {
    const difference = await differenceFromPlain(name);
    if (!(difference <= CHECK_TOLERANCE)) {
      return { name, ok: false, samplesPerSecond: null, reason: `The ${name} backend computes something else than the plain loop.` };
    }
    return { name, ok: true, samplesPerSecond: await measure(name, shape, now), reason: null };
  } catch (error) {
    return { name, ok: false, samplesPerSecond: null, reason: sentenceOf(error) };
  }
}

/** Largest difference of the two updates over the largest entry of the plain one. Ten rows in batches of four: the last is padded. */
async function differenceFromPlain(name: BackendName): Promise<number> {
  const problem = (): LocalTask => {
    const uniform = weyl();
    const shape = { inputs: 3, hidden: [5, 4] };
    const weights = initMlp(shape, uniform);
    return { shape, weights, rows: seededRows(10, 3, uniform), config: { localEpochs: 2, batchSize: 4, learningRate: 0.5 }, uniform };
  };
  const expected = (await localUpdate({ ...problem(), backend: 'plain' })).delta;
  const actual = (await localUpdate({ ...problem(), backend: name })).delta;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0) / largest;
}

/** Rows trained per second, after one pass that is not counted (compilation, first allocation). */
async function measure(name: BackendName, shape: MlpShape, now: () => number): Promise<number> {
  const uniform = weyl();
  const rows = seededRows(TRIAL_ROWS, shape.inputs, uniform);
  const weights = initMlp(shape, uniform);
  const config = { localEpochs: 1, batchSize: TRIAL_BATCH, learningRate: 0.01 };
  const pass = () => localUpdate({ shape, weights, rows, config, uniform, backend: name });
  await pass();
  const start = now();
  let trained = 0;
  let spent = 0;
  // At most 64 passes, should the clock stand still.
  for (let i = 0; i < 64 && spent < TRIAL_MS; i++) {
    await pass();
    trained += rows.rows;
    spent = now() - start;
  }
  return (1000 * trained) / Math.max(spent, 1e-3);
}

function seededRows(count: number, width: number, uniform: () => number): Rows {
  const x = Float64Array.from({ length: count * width }, () => 2 * uniform() - 1);
  const y = Float64Array.from({ length: count }, (_, i) => (x[i * width]! + uniform() - 0.5 > 0 ? 1 : 0));
  return { x, y, rows: count, width };
}

/** A fixed stream of evenly spread numbers in [0, 1) for check and trial: multiples of the golden ratio, Weyl 1916. */
function weyl(): () => number {
  let at = 0;
  return () => {
    at = (at + 0.6180339887498949) % 1;
    return at;
  };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'It did not start.';
}
