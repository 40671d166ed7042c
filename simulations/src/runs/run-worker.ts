/** One seed in a thread: takes its input from `workerData`, answers with progress and one result. */
import { parentPort, workerData } from 'node:worker_threads';
import { type RunInput, type RunOutput, runOnce } from './run-once.ts';

export type SeedReport =
  | { readonly type: 'progress'; readonly done: number; readonly expected: number }
  | { readonly type: 'report'; readonly text: string }
  | { readonly type: 'done'; readonly output: RunOutput }
  | { readonly type: 'failed'; readonly text: string };

const say = (message: SeedReport): void => parentPort?.postMessage(message);

try {
  const input = workerData as Omit<RunInput, 'onProgress' | 'onReport'>;
  const onProgress = (done: number, expected: number) => say({ type: 'progress', done, expected });
  say({ type: 'done', output: await runOnce({ ...input, onProgress, onReport: (text) => say({ type: 'report', text }) }) });
} catch (error) {
  say({ type: 'failed', text: error instanceof Error ? error.message : String(error) });
}
