/** Ctrl-C: says what is kept, gives the terminal back, and ends with the code of an interrupted program. */

const INTERRUPTED = 130;

/**
 * Runs `work`; an interrupt in between ends the program after the sentence was printed. What is kept is always whole (see
 * result-folder.ts), so nothing needs to be waited for.
 *
 * @param sentence - Made at the moment of the interrupt.
 */
export async function interruptible<Result>(sentence: () => string, work: () => Promise<Result>): Promise<Result> {
  const stop = (): void => {
    process.stderr.write(`\u001b[?25h\n${sentence()}\n`);
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
