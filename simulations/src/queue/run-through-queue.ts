/** Many simulations through a queue: what `runMany` does in threads, done by any number of worker processes on any machines. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SimulationError } from '../input/simulation-error.ts';
import type { ManyInput } from '../runs/run-many.ts';
import type { RunOutput } from '../runs/run-once.ts';
import { type JobQueue, openJobQueue, type SimulationJob } from './job-queue.ts';
import { inTime, patientAsk } from './patience.ts';
import { programHash } from './program.ts';
import { openQueueStore } from './queue-store.ts';

const POLL_MS = 250;
const RECLAIM_MS = 1000;
/** How long nobody may take a job before that is said. */
const LONELY_MS = 5000;
const AFTER = 'What is finished is kept here; the same command with --resume goes on.';

/**
 * @param patienceMs - How long the database may be away in between; a minute when absent.
 * @returns One output a job, in the order of the jobs.
 * @throws SimulationError when a job fails, or the queue cannot be used.
 */
export async function runThroughQueue(
  url: string,
  { jobs, onProgress, onDone, onReport, ...input }: ManyInput,
  patienceMs?: number,
): Promise<RunOutput[]> {
  const { backend, secure = 'on', algorithm, world = null } = input;
  if (backend === 'chosen') throw new SimulationError('Machines would choose differently: with --queue name a --backend, as plain.');
  if (algorithm !== undefined) throw new SimulationError('An own algorithm runs on this machine only; leave out --queue or --algorithm.');
  const program = await programHash();
  const ask = patientAsk({ url, patienceMs, after: AFTER, onReport });
  const store = await openQueueStore(url, ask, 'consilium run');
  let queue: JobQueue | null = null;
  try {
    queue = await openJobQueue(url, store.pool, ask, program);
    const data = await store.putData(input.data);
    const queued = jobs.map(({ key, plan }): SimulationJob => {
      const name = createHash('sha256')
        .update([program, key, data, backend, secure, JSON.stringify(world)].join('\n'))
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
    let [waitedFrom, isTold, left] = [Date.now(), false, open.size];
    for (let checkedAt = Date.now(); open.size > 0; await wait(POLL_MS)) {
      await collect();
      if (open.size < left) [left, waitedFrom, isTold] = [open.size, Date.now(), false];
      if (!isTold && Date.now() - waitedFrom > LONELY_MS) {
        isTold = true;
        const told = lonely(await queue.workers());
        if (told !== null) onReport?.(told);
      }
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
    await inTime(queue?.close());
    await inTime(store.close());
  }
}

/** Why nothing may be happening; null while a worker of this program is connected. */
function lonely({ own, others }: { readonly own: number; readonly others: number }): string | null {
  if (own > 0) return null;
  const start = 'Start one with `simulate worker --queue`; the run goes on waiting.';
  if (others === 0) return `No worker is connected to the queue. ${start}`;
  const whose = others === 1 ? '1 worker of another version of this program is' : `${others} workers of other versions of this program are`;
  return `${whose} connected, which take no job of this one. Bring them to this version. ${start}`;
}
