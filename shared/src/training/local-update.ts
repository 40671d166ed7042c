/** A site's local training in one round, on whichever backend was chosen. */
import type { BackendName, LocalTask, LocalUpdate } from './local-task.ts';
import { withTensors } from './tensors.ts';
import { trainByAutodiff } from './tf-autodiff.ts';
import { isFused, trainWithTensors } from './tf-mlp.ts';
import { trainPlain } from './train-plain.ts';

/**
 * Trains the network from `task.weights` on the site's rows.
 *
 * @param task.backend - `plain` computes in float64, the others in float32.
 * @returns The update (after − before) and the number of rows it stands for; zero rows give a zero update.
 * @throws TrainingError `diverged` when a weight became infinite or undefined, `backend-missing` when the backend does not start.
 * @throws RangeError when weights, rows or configuration do not fit.
 */
export function localUpdate(task: LocalTask & { readonly backend: BackendName }): Promise<LocalUpdate> {
  // WASM has no derivative of a convolution's kernel, and images are small: these train in plain arrays everywhere.
  if (task.backend === 'plain' || task.shape.kind === 'cnn') return trainPlain(task);
  return withTensors(task.backend, (tf) => (isFused(task) ? trainWithTensors(tf, task) : trainByAutodiff(tf, task)));
}
