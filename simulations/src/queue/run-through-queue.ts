/** Many simulations through a queue: what `runMany` does in threads, done by any number of worker processes on any machines. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SimulationError } from '../input/simulation-error.ts';
import type { ManyInput } from '../runs/run-many.ts';
import type { RunOutput } from '../runs/run-once.ts';
import { openJobQueue, type SimulationJob } from './job-queue.ts';
import { openQueueStore } from './queue-store.ts';

const POLL_MS = 250;
const RECLAIM_MS = 1000;
/** Part of every result's name: results of another version of the program are not taken. */
const PROGRAM = 'consilium simulation 1';

/** @returns One output a job, in the order of the jobs. @throws SimulationError when a job fails, or the queue cannot be used. */
export async function runThroughQueue(url: string, { jobs, onProgress, onDone, onReport, ...input }: ManyInput): Promise<RunOutput[]> {
  const { backend, secure = 'on', algorithm, world = null } = input;
  if (backend === 'chosen') throw new SimulationError('Machines would choose differently: with --queue name a --backend, as plain.');
  if (algorithm !== undefined) throw new SimulationError('An own algorithm runs on this machine only; leave out --queue or --algorithm.');
  const store = await openQueueStore(url);
  const queue = await openJobQueue(url, store.pool);
  try {
    const data = await store.putData(input.data);
    const queued = jobs.map(({ key, plan }): SimulationJob => {
      const name = createHash('sha256')
        .update([PROGRAM, key, data, backend, secure, JSON.stringify(world)].join('\n'))
        .digest('hex');
      return { key: name, plan: JSON.stringify(plan), data, backend, secure, world: world === null ? null : JSON.stringify(world) };
    });
    await store.forgetFailures(queued.map(({ key }) => key));
    const results: RunOutput[] = [];
    const open = new Map(queued.map((job, at) => [at, job]));
    const collect = async (): Promise<void> => {
      for (const [at, { key }] of open) {
        const result = await store.getResult(key);
        if (result === null) continue;
        if (result.kind === 'failed') throw new SimulationError(result.text);
        results[at] = result.output;
        open.delete(at);
        await onDone?.(jobs[at]!, result.output);
        onProgress(jobs.length - open.size, jobs.length);
      }
    };
    await collect();
    await queue.add([...open.values()]);
    for (let checkedAt = Date.now(); open.size > 0; await wait(POLL_MS)) {
      await collect();
      if (Date.now() - checkedAt < RECLAIM_MS) continue;
      checkedAt = Date.now();
      const back = await queue.reclaim();
      if (back > 0)
        onReport?.(`${back === 1 ? 'A worker' : `${back} workers`} went away in the middle of a job; the job waits for another.`);
      const [lost] = await queue.lost([...open.values()].map(({ key }) => key));
      if (lost !== undefined)
        throw new SimulationError('The workers of one job went away again and again; the job was given up. Memory may be short there.');
    }
    return results;
  } finally {
    await queue.close();
    await store.close();
  }
}
