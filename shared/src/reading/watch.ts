/** How a long reading is watched and stopped from outside. */
import { ReadingError } from './raw-table.ts';

/** Nothing here knows a clock. */
export interface Watch {
  /** Told now and then how much is done, from 0 to 1; awaited, so that a worker can look at its messages in between. */
  readonly onProgress?: (done: number) => void | Promise<void>;
  /** Asked now and then; true ends the reading with a ReadingError `cancelled`. */
  readonly isCancelled?: () => boolean;
}

/**
 * Runs the steps of a reading, and looks up in between.
 *
 * @throws ReadingError `cancelled` when asked to stop.
 */
export async function watched<Result>(steps: Generator<number, Result>, { onProgress, isCancelled }: Watch): Promise<Result> {
  for (;;) {
    if (isCancelled?.()) throw cancelled();
    const step = steps.next();
    if (step.done) return step.value;
    await onProgress?.(step.value);
  }
}

export function cancelled(): ReadingError {
  return new ReadingError('cancelled', 'Reading was stopped.');
}
