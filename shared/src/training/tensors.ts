/**
 * The one place that loads TensorFlow.js and sets its backend.
 *
 * Rules: loaded only when first used, so that code without training never pays for it; work on tensors takes turns, because the backend
 * in use is a setting of the whole process; WebAssembly comes as handed-in bytes, because a sealed worker has no network.
 */
import type * as Tf from '@tensorflow/tfjs';
import { TrainingError } from './training-error.ts';

export type TensorBackend = 'cpu' | 'wasm' | 'webgl';

/** WebAssembly binaries by file name, e.g. `tfjs-backend-wasm-simd.wasm`. The threaded one is never used. */
export interface WasmFiles {
  readonly bytes: { readonly [fileName: string]: Uint8Array };
}

/** Resolves after about so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/** The part of the platform used here; this package knows no DOM. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<unknown> };

const MEMORY_PREFIX = 'memory:/';
const START_LIMIT_MS = 15_000;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` with TensorFlow.js on a backend, after everything asked before it.
 *
 * @throws TrainingError `backend-missing` when the backend does not start.
 */
export function withTensors<T>(backend: TensorBackend, work: (tf: typeof Tf) => Promise<T>, wait?: Wait): Promise<T> {
  const mine = turn.then(async () => {
    const tf = await load();
    if (tf.findBackendFactory(backend) === null) throw new TrainingError('backend-missing', `This browser has no ${backend}.`);
    const started = await Promise.race([tf.setBackend(backend), ...(wait === undefined ? [] : [wait(START_LIMIT_MS).then(() => false)])]);
    if (!started) throw new TrainingError('backend-missing', `The ${backend} backend did not start.`);
    return work(tf);
  });
  turn = mine.catch(() => undefined);
  return mine;
}

/**
 * Registers the WebAssembly backend over bytes in memory. Asking again is free.
 *
 * @throws TrainingError `backend-missing` when WebAssembly is not allowed here or a file is damaged.
 */
export async function registerWasm(files: WasmFiles): Promise<void> {
  // Where the page's policy forbids WebAssembly, the library waits for ever; compiling first turns that into an error.
  for (const bytes of Object.values(files.bytes)) {
    await WebAssembly.compile(bytes).catch((cause: unknown) => {
      throw new TrainingError('backend-missing', 'WebAssembly is not allowed here, or its file is damaged.', { cause });
    });
  }
  const tf = await load();
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const { platform } = tf.env();
  const fetchElsewhere = platform.fetch.bind(platform);
  platform.fetch = (path, init) => {
    if (!path.startsWith(MEMORY_PREFIX)) return fetchElsewhere(path, init);
    const bytes = files.bytes[path.slice(MEMORY_PREFIX.length)];
    const response = { ok: bytes !== undefined, arrayBuffer: async () => bytes?.slice().buffer };
    return Promise.resolve(response as unknown as Awaited<ReturnType<typeof platform.fetch>>);
  };
  setWasmPaths(MEMORY_PREFIX, true);
}

/** In Node the package is CommonJS and its names can be on the default export. */
async function load(): Promise<typeof Tf> {
  const module = (await import('@tensorflow/tfjs')) as typeof Tf & { readonly default?: typeof Tf };
  const tf = module.tidy === undefined && module.default !== undefined ? module.default : module;
  // Without this the library writes advice to the console.
  tf.enableProdMode();
  return tf;
}
