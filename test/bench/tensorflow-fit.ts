/** The peer of local training: a Keras-style model of TensorFlow.js, trained by its own `fit`, as most browser projects do. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { MlpShape, Rows } from '@consilium/shared/models';
import type { WasmFiles } from '@consilium/shared/training';
import type * as Tf from '@tensorflow/tfjs';

export interface Peer {
  /** One pass over the rows on a backend that is registered. */
  readonly epoch: (backend: 'cpu' | 'wasm') => Promise<void>;
  readonly dispose: () => void;
}

/** Builds the model and its tensors once on each backend; what `epoch` times is `fit` alone. */
export async function tensorflowPeer(shape: MlpShape, rows: Rows, batchSize: number, learningRate: number): Promise<Peer> {
  const tf = await load();
  const made = new Map<string, { readonly model: Tf.Sequential; readonly x: Tf.Tensor2D; readonly y: Tf.Tensor2D }>();
  const make = () => {
    const model = tf.sequential();
    shape.hidden.forEach((units, i) => {
      model.add(tf.layers.dense({ units, activation: 'relu', ...(i === 0 ? { inputShape: [shape.inputs] } : {}) }));
    });
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
    model.compile({ optimizer: tf.train.sgd(learningRate), loss: 'binaryCrossentropy' });
    return {
      model,
      x: tf.tensor2d(Float32Array.from(rows.x), [rows.rows, rows.width]),
      y: tf.tensor2d(Float32Array.from(rows.y), [rows.rows, 1]),
    };
  };
  return {
    epoch: async (backend) => {
      if (tf.getBackend() !== backend) await tf.setBackend(backend);
      const { model, x, y } = made.get(backend) ?? make();
      if (!made.has(backend)) made.set(backend, { model, x, y });
      await model.fit(x, y, { epochs: 1, batchSize, shuffle: true, verbose: 0, yieldEvery: 'never' });
    },
    dispose: () => {
      for (const { model, x, y } of made.values()) tf.dispose([x, y, ...model.getWeights()]);
    },
  };
}

/** The backend's binaries, from its package. */
export async function wasmFiles(): Promise<WasmFiles> {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];
  const files = await Promise.all(names.map(async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const));
  return { bytes: Object.fromEntries(files) };
}

/** In Node the package is CommonJS and its names can be on the default export. */
async function load(): Promise<typeof Tf> {
  const module = (await import('@tensorflow/tfjs')) as typeof Tf & { readonly default?: typeof Tf };
  const tf = module.tidy === undefined && module.default !== undefined ? module.default : module;
  tf.enableProdMode();
  return tf;
}
