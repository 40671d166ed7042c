/** Several seeds of one plan, up to so many at a time, each in a thread of its own. The results do not depend on how many. */
import { Worker } from 'node:worker_threads';
import { SimulationError } from '../input/simulation-error.ts';
import { type RunInput, type RunOutput, runOnce } from './run-once.ts';
import type { SeedReport } from './run-worker.ts';

export interface ManyInput extends Omit<RunInput, 'onProgress'> {
  readonly seeds: readonly number[];
  readonly jobs: number;
  /** Sums released so far, and expected in all, over all seeds. */
  onProgress(done: number, expected: number): void;
}

/** @returns One output a seed, in the order of the seeds. */
export async function runMany({ seeds, jobs, onProgress, ...input }: ManyInput): Promise<RunOutput[]> {
  const progress = seeds.map(() => ({ done: 0, expected: 0 }));
  const report = (at: number) => (done: number, expected: number) => {
    progress[at] = { done, expected };
    const typical = Math.max(...progress.map((item) => item.expected));
    const total = progress.reduce((sum, item) => sum + (item.expected || typical), 0);
    onProgress(
      progress.reduce((sum, item) => sum + item.done, 0),
      total,
    );
  };
  const results: RunOutput[] = [];
  const waiting = seeds.map((seed, at) => ({ seed, at }));
  const runOne = jobs === 1 || seeds.length === 1 ? runOnce : runInThread;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const plan = { ...input.plan, seed: next.seed };
      results[next.at] = await runOne({ ...input, plan, onProgress: report(next.at) });
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, seeds.length) }, work));
  return results;
}

function runInThread({ onProgress, ...input }: RunInput): Promise<RunOutput> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./run-worker.js', import.meta.url), { workerData: input });
    worker.on('message', (message: SeedReport) => {
      if (message.type === 'progress') onProgress?.(message.done, message.expected);
      else if (message.type === 'done') resolve(message.output);
      else reject(new SimulationError(message.text));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new SimulationError(`A simulation ended early (${code}).`))); // no effect after an answer
  });
}
