/** Progress on the terminal's error stream, with the time left; silent where nobody watches. */
import { SingleBar } from 'cli-progress';

export type OnProgress = (done: number, expected: number) => void;

/** @param unit - What is counted, in the plural. */
export async function withProgress<Result>(
  isQuiet: boolean,
  unit: string,
  work: (onProgress: OnProgress) => Promise<Result>,
): Promise<Result> {
  if (isQuiet || !process.stderr.isTTY) return work(() => undefined);
  const format = `{bar} {value}/{total} ${unit}, {duration_formatted} gone, {eta_formatted} left`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, etaBuffer: 50 });
  bar.start(1, 0);
  try {
    return await work((done, expected) => {
      bar.setTotal(Math.max(1, expected));
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}
