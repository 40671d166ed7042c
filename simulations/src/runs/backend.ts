/** The fastest backend of this machine that computes what it should; only networks need a trial. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plan } from '@consilium/shared/study';
import { type BackendName, chooseBackend, prepareBackends, type WasmFiles } from '@consilium/shared/training';

const WASM_FILES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'] as const;

/** @throws TrainingError when a backend is asked for by name and does not start here. */
export async function chooseNodeBackend(plan: Plan, wish: BackendName | 'chosen'): Promise<BackendName> {
  if (wish === 'plain' || plan.algorithm.kind === 'newton' || plan.model.kind !== 'mlp') return 'plain';
  const forced = wish === 'chosen' ? null : wish;
  const { candidates } = await prepareBackends({ wasm: await wasmFiles(), allowWebgl: false });
  const shape = { inputs: plan.features.length, hidden: plan.model.hidden };
  return (await chooseBackend({ candidates, forced, shape, now: () => performance.now() })).chosen;
}

async function wasmFiles(): Promise<WasmFiles> {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const files = await Promise.all(WASM_FILES.map(async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const));
  return { bytes: Object.fromEntries(files) };
}
