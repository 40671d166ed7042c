/** Many simulations, up to so many at a time, each in a thread of its own. The results do not depend on how many. */
import { Worker } from 'node:worker_threads';
import type { Plan } from '@consilium/shared/study';
import { SimulationError } from '../input/simulation-error.ts';
import { type RunInput, type RunOutput, runOnce } from './run-once.ts';
import type { SeedReport } from './run-worker.ts';

/** One plan with one seed. */
export interface RunJob {
  /** Unique among the jobs; names the job's file while others still run. */
  readonly key: string;
  /** Its `seed` is the job's. */
  readonly plan: Plan;
}

export interface ManyInput extends Omit<RunInput, 'onProgress' | 'plan'> {
  readonly jobs: readonly RunJob[];
  /** How many at a time. */
  readonly parallel: number;
  /** Sums released so far, and expected in all, over all jobs. */
  onProgress(done: number, expected: number): void;
  /** A job has ended; awaited before the next one of its thread begins. */
  onDone?(job: RunJob, output: RunOutput): Promise<void>;
}

/** @returns One output a job, in the order of the jobs. */
export async function runMany({ jobs, parallel, onProgress, onDone, ...input }: ManyInput): Promise<RunOutput[]> {
  const progress = jobs.map(() => ({ done: 0, expected: 0 }));
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
  const waiting = jobs.map((job, at) => ({ job, at }));
  const runOne = parallel === 1 || jobs.length === 1 ? runOnce : runInThread;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !hasFailed; next = waiting.shift()) {
      const { job, at } = next;
      try {
        const output = await runOne({ ...input, plan: job.plan, onProgress: report(at) });
        results[at] = output;
        await onDone?.(job, output);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, jobs.length) }, work));
  return results;
}

function runInThread({ onProgress, onReport, ...input }: RunInput): Promise<RunOutput> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./run-worker.js', import.meta.url), { workerData: input });
    worker.on('message', (message: SeedReport) => {
      if (message.type === 'progress') onProgress?.(message.done, message.expected);
      else if (message.type === 'report') onReport?.(message.text);
      else if (message.type === 'done') resolve(message.output);
      else reject(new SimulationError(message.text));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new SimulationError(`A simulation ended early (${code}).`))); // no effect after an answer
  });
}
