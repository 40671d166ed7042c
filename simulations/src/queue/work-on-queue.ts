/** A worker of a queue: takes one job after another, runs it with the code of `simulate run`, keeps the result. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Plan } from '@consilium/shared/study';
import type { StudyInput } from '../input/site-input.ts';
import type { Execution } from '../runs/federate-as-chosen.ts';
import { runOnce } from '../runs/run-once.ts';
import type { World } from '../world/world-file.ts';
import { openJobQueue, type SimulationJob } from './job-queue.ts';
import { openQueueStore, type QueueStore } from './queue-store.ts';

export interface WorkInput extends Pick<Execution, 'workers' | 'memoryBytes'> {
  readonly url: string;
  /** Ends after so many seconds without a job; never when absent. */
  readonly idleSeconds?: number | undefined;
  readonly onJob?: (what: string) => void;
}

const POLL_MS = 250;

/** @returns How many jobs were done. @throws SimulationError when the database cannot be reached. */
export async function workOnQueue({ url, idleSeconds = Number.POSITIVE_INFINITY, onJob, ...execution }: WorkInput): Promise<number> {
  const store = await openQueueStore(url);
  const queue = await openJobQueue(url, store.pool);
  const held = { name: '', input: null as StudyInput | null };
  let [done, idleSince, checkedAt] = [0, Date.now(), 0];
  try {
    for (;;) {
      const taken = await queue.take();
      if (taken === null) {
        if (Date.now() - idleSince > 1000 * idleSeconds) return done;
        if (Date.now() - checkedAt > 1000) {
          await queue.reclaim();
          checkedAt = Date.now();
        }
        await wait(POLL_MS);
        continue;
      }
      const free = await queue.hold(taken.id);
      const { job } = taken;
      const { study, seed } = JSON.parse(job.plan) as Plan;
      onJob?.(`${study}, seed ${seed}`);
      if (held.input === null || held.name !== job.data) Object.assign(held, { name: job.data, input: await store.getData(job.data) });
      await runJob(store, job, held.input as StudyInput, execution);
      await queue.done(taken.id);
      await free();
      done++;
      idleSince = Date.now();
    }
  } finally {
    await queue.close();
    await store.close();
  }
}

/** A result that is there already is not made again. */
async function runJob(store: QueueStore, job: SimulationJob, data: StudyInput, execution: Execution): Promise<void> {
  if ((await store.getResult(job.key)) !== null) return;
  const { backend, secure } = job;
  const plan = JSON.parse(job.plan) as Plan;
  const world = job.world === null ? undefined : (JSON.parse(job.world) as World);
  try {
    await store.putResult(job.key, {
      kind: 'done',
      output: await runOnce({ ...execution, plan, data, backend, secure, world }),
    });
  } catch (error) {
    await store.putResult(job.key, { kind: 'failed', text: error instanceof Error ? error.message : String(error) });
  }
}
