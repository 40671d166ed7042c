/** What ends a program in the middle: Ctrl-C, and a full memory. Ctrl-C says what is kept, gives the terminal back, and ends with the code of an interrupted program. */

import { watchMemory } from '../fast/index.ts';

const INTERRUPTED = 130;

/** Shows the cursor that a progress bar hid. */
const cursor = (): string => (process.stderr.isTTY ? '\u001b[?25h' : '');

/**
 * Runs `work`; an interrupt in between ends the program after the sentence was printed. What is kept is always whole (see
 * result-folder.ts), so nothing needs to be waited for.
 *
 * @param sentence - Made at the moment of the interrupt.
 */
export async function interruptible<Result>(sentence: () => string, work: () => Promise<Result>): Promise<Result> {
  const stop = (): void => {
    process.stderr.write(`${cursor()}\n${sentence()}\n`);
    process.exit(INTERRUPTED);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work();
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/**
 * Runs `work`; more memory than `capBytes` in between ends the program. Masks and messages of all sites live in one process, where nothing can
 * be taken from a simulation that runs.
 *
 * @param onFull - Gives the sentence. Nothing of the work comes between it and the end.
 */
export async function withinMemory<Result>(capBytes: number, onFull: () => string, work: () => Promise<Result>): Promise<Result> {
  const end = watchMemory(capBytes, () => {
    process.stderr.write(`${cursor()}${onFull()}\n`);
    process.exit(1);
  });
  return work().finally(end);
}
