/** Which backend trains in this chamber: WebGL on an offscreen canvas, WebAssembly from handed-in bytes, plain loops. */
import type { Plan } from '@consilium/shared/study';
import { type BackendChoice, type BackendName, chooseBackend, prepareBackends } from '@consilium/shared/training';

/**
 * Starts what there is and takes the fastest that is right, or the one asked for.
 *
 * @param plan - The study: its network's size decides which backend is fastest.
 * @param wasm - TensorFlow.js files by name.
 * @param forced - A backend by name, or null.
 * @returns The choice, with one entry for each backend, those that did not start included.
 */
export async function openBackends(
  plan: Plan | null,
  wasm: { readonly [name: string]: Uint8Array },
  forced: BackendName | null,
): Promise<BackendChoice> {
  const prepared = await prepareBackends({ wasm: { bytes: wasm }, allowWebgl: 'OffscreenCanvas' in globalThis, wait });
  const choice = await chooseBackend({ candidates: prepared.candidates, forced, shape: trialShape(plan), now: () => performance.now() });
  const missing = prepared.missing.map(({ name, reason }) => ({ name, ok: false, samplesPerSecond: null, reason }));
  return { ...choice, trials: [...choice.trials, ...missing] };
}

/** About the network the study trains: one input for each number, one for each further code of a category. */
function trialShape(plan: Plan | null): { readonly inputs: number; readonly hidden: readonly number[] } {
  if (plan === null) return { inputs: 13, hidden: [32, 16] };
  const inputs = plan.features.reduce((sum, feature) => sum + (feature.type === 'category' ? feature.codes.length - 1 : 1), 0);
  return { inputs, hidden: plan.model.kind === 'mlp' ? plan.model.hidden : [16] };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
