/** Any file of a hospital to a raw table: the format is told by the content first, then by the name. */
import { csvSteps } from './csv.ts';
import { type RawTable, ReadingError, type TableChoices } from './raw-table.ts';

/** How a long reading is watched; nothing here knows a clock. */
export interface Watch {
  /** Told now and then how much is done, from 0 to 1; awaited, so that a worker can look at its messages in between. */
  readonly onProgress?: (done: number) => void | Promise<void>;
  /** Asked now and then; true ends the reading with a ReadingError `cancelled`. */
  readonly isCancelled?: () => boolean;
}

/** What the reader may know beforehand. */
export interface Hints extends Watch {
  /** Names a header probably has, such as the columns of a plan; they help to find it. */
  readonly expected?: readonly string[];
}

/**
 * Reads a table.
 *
 * @param bytes - The whole file.
 * @param fileName - With its ending; only looked at where the content does not say what it is.
 * @param choices - What a person chose instead of what was detected.
 * @param hints - Names to expect, and how the reading is watched.
 * @returns The table.
 * @throws ReadingError with a `code` and a plain sentence.
 * @example (await readTable(utf8ToBytes('age;bmi\n61;24,5\n'), 'a.csv')).decimal // ","
 */
export async function readTable(bytes: Uint8Array, _fileName: string, choices: TableChoices = {}, hints: Hints = {}): Promise<RawTable> {
  return watched(csvSteps(bytes, choices, hints.expected ?? []), hints);
}

/**
 * Runs the steps of a reading, and looks up in between.
 *
 * @throws ReadingError `cancelled` when asked to stop.
 */
async function watched<Result>(steps: Generator<number, Result>, { onProgress, isCancelled }: Watch): Promise<Result> {
  for (;;) {
    if (isCancelled?.()) throw new ReadingError('cancelled', 'Reading was stopped.');
    const step = steps.next();
    if (step.done) return step.value;
    await onProgress?.(step.value);
  }
}
