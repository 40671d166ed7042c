/** A worker of a queue: takes one job after another, runs it with the code of `simulate run`, keeps the result. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Plan } from '@consilium/shared/study';
import type { StudyInput } from '../input/site-input.ts';
import type { Execution } from '../runs/federate-as-chosen.ts';
import { runOnce } from '../runs/run-once.ts';
import type { World } from '../world/world-file.ts';
import { type JobQueue, openJobQueue, type SimulationJob, workerName } from './job-queue.ts';
import { inTime, patientAsk } from './patience.ts';
import { programHash } from './program.ts';
import { openQueueStore, type QueuedResult, type QueueStore } from './queue-store.ts';

export interface WorkInput extends Pick<Execution, 'workers' | 'memoryBytes'> {
  readonly url: string;
  /** Ends after so many seconds without a job; never when absent. */
  readonly idleSeconds?: number | undefined;
  readonly onJob?: (what: string) => void;
  /** What a person should know: the database is away, jobs wait for another version. */
  readonly onReport?: (text: string) => void;
  /** How long the database may be away in between; a minute when absent. */
  readonly patienceMs?: number | undefined;
}

const AFTER = 'A job that was at work here is given to another worker. Start this one again when the database is back.';

const POLL_MS = 250;

/** @returns How many jobs were done. @throws SimulationError when the database cannot be reached. */
export async function workOnQueue(input: WorkInput): Promise<number> {
  const { url, idleSeconds = Number.POSITIVE_INFINITY, onJob, onReport, patienceMs, ...execution } = input;
  const program = await programHash();
  const ask = patientAsk({ url, patienceMs, after: AFTER, onReport });
  const store = await openQueueStore(url, ask, `${workerName(program)}#${process.pid}-${Date.now() % 10_000}`);
  let queue: JobQueue | null = null;
  let hasTold = false;
  const held = { name: '', input: null as StudyInput | null };
  let [done, idleSince, checkedAt] = [0, Date.now(), 0];
  try {
    queue = await openJobQueue(url, store.pool, ask, program);
    for (;;) {
      const taken = await queue.take();
      if (taken === null) {
        if (Date.now() - idleSince > 1000 * idleSeconds) return done;
        if (Date.now() - checkedAt > 1000) {
          await queue.reclaim();
          checkedAt = Date.now();
          if (!hasTold && (await queue.strangers()) > 0) {
            hasTold = true;
            onReport?.('Jobs of another version of this program wait in the queue; this worker leaves them to workers of that version.');
          }
        }
        await wait(POLL_MS);
        continue;
      }
      const free = await queue.hold(taken.id);
      try {
        const { job } = taken;
        const { study, seed } = JSON.parse(job.plan) as Plan;
        onJob?.(`${study}, seed ${seed}`);
        if (held.input === null || held.name !== job.data) Object.assign(held, { name: job.data, input: await store.getData(job.data) });
        await runJob(store, job, held.input as StudyInput, execution);
        await queue.done(taken.id);
      } finally {
        await free();
      }
      done++;
      idleSince = Date.now();
    }
  } finally {
    await inTime(queue?.close());
    await inTime(store.close());
  }
}

/** A result that is there already is not made again. A database that is away is no fault of the job. */
async function runJob(store: QueueStore, job: SimulationJob, data: StudyInput, execution: Execution): Promise<void> {
  if ((await store.getResult(job.key)) !== null) return;
  const { backend, secure } = job;
  const plan = JSON.parse(job.plan) as Plan;
  const world = job.world === null ? undefined : (JSON.parse(job.world) as World);
  const result = await runOnce({ ...execution, plan, data, backend, secure, world }).then(
    (output): QueuedResult => ({ kind: 'done', output }),
    (error: unknown): QueuedResult => ({ kind: 'failed', text: error instanceof Error ? error.message : String(error) }),
  );
  await store.putResult(job.key, result);
}
