/**
 * Jobs of simulations through pg-boss on PostgreSQL. A worker holds a lock of its database session for as long as it works; a
 * killed worker's session ends and frees it, and whoever finds a job at work without a lock gives it back to the queue.
 */
import type { BackendName } from '@consilium/shared/training';
import type pg from 'pg';
import PgBoss from 'pg-boss';
import type { SecureChoice } from '../fast/index.ts';
import { type Ask, queueFault } from './patience.ts';
import { shortHash } from './program.ts';

export interface SimulationJob {
  /** Names the result: follows from plan, seed, data and choices. */
  readonly key: string;
  /** JSON as text: the database would put the keys of an object into an order of its own, and results repeat the plan. */
  readonly plan: string;
  /** Name of the data in the store. */
  readonly data: string;
  readonly backend: BackendName;
  readonly secure: SecureChoice;
  /** Clock, network and faults around the sites, where there are some. */
  readonly world: string | null;
}

export interface JobQueue {
  /** Adds jobs that are neither waiting nor at work. */
  add(jobs: readonly SimulationJob[]): Promise<void>;
  /** The next job, or null. */
  take(): Promise<{ readonly id: string; readonly job: SimulationJob } | null>;
  done(id: string): Promise<void>;
  /** Takes the lock of a job for this session. @returns A function that frees it. */
  hold(id: string): Promise<() => Promise<void>>;
  /** Gives jobs back whose worker has gone; a job seen so twice in a row counts. @returns How many. */
  reclaim(): Promise<number>;
  /** Keys of jobs that were given back too often. */
  lost(keys: readonly string[]): Promise<readonly string[]>;
  /** Workers connected now: of this program, and of others. */
  workers(): Promise<{ readonly own: number; readonly others: number }>;
  /** Jobs that wait for workers of another program. */
  strangers(): Promise<number>;
  close(): Promise<void>;
}

/** A worker's name among the database's connections; its program follows. */
const WORKER = 'consilium worker ';

const SCHEMA = 'consilium_queue';
/** A job whose workers die so often is given up. */
const RETRIES = 3;
/** Processes that begin at once make the queue's tables one after the other. */
const START_LOCK = 741_852_964;
const LOCK = "('x' || substr(md5($1), 1, 15))::bit(60)::bigint";

export const workerName = (program: string): string => `${WORKER}${shortHash(program)}`;

/**
 * The queue of one program: machines with another version never see its jobs.
 *
 * @param program - As `programHash` gives it.
 * @throws SimulationError when the database refuses to hold a queue.
 */
export async function openJobQueue(url: string, pool: pg.Pool, ask: Ask, program: string): Promise<JobQueue> {
  const NAME = `simulations-${shortHash(program)}`;
  const boss = new PgBoss({ connectionString: url, schema: SCHEMA, schedule: false, max: 2 });
  boss.on('error', () => undefined); // what a call needs is thrown by the call
  await oneAtATime(pool, async () => {
    await boss.start();
    await boss.createQueue(NAME);
  }).catch((error: unknown) => {
    throw queueFault(url, error);
  });
  const query = (text: string, values: readonly unknown[]) => ask(() => pool.query(text, [...values]));
  let orphans: ReadonlySet<string> = new Set();
  return {
    add: async (jobs) => {
      const { rows } = await query(
        `SELECT data->>'key' AS key FROM ${SCHEMA}.job WHERE name = $1 AND state IN ('created', 'retry', 'active')`,
        [NAME],
      );
      const known = new Set(rows.map(({ key }: { readonly key: string }) => key));
      for (const job of jobs) {
        if (!known.has(job.key)) await ask(() => boss.send(NAME, job, { retryLimit: RETRIES, retryDelay: 0, expireInHours: 23 }));
      }
    },
    take: async () => {
      const [job] = await ask(() => boss.fetch<SimulationJob>(NAME));
      return job === undefined ? null : { id: job.id, job: job.data };
    },
    done: (id) => ask(() => boss.complete(NAME, id)),
    hold: async (id) => {
      const client = await ask(() => pool.connect());
      client.on('error', () => undefined);
      await client.query(`SELECT pg_advisory_lock(${LOCK})`, [id]);
      return () =>
        client.query(`SELECT pg_advisory_unlock(${LOCK})`, [id]).then(
          () => client.release(),
          () => client.release(true), // the line is lost, and the lock with it
        );
    },
    reclaim: async () => {
      const { rows } = await query(`SELECT id::text FROM ${SCHEMA}.job WHERE name = $1 AND state = 'active'`, [NAME]);
      const now = new Set<string>();
      for (const { id } of rows as { readonly id: string }[]) {
        // Tried and given back in one statement, so that no lost line can leave it held.
        const { rows: tried } = await query(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS free`, [id]);
        if (tried[0].free === true) now.add(id);
      }
      const gone = [...now].filter((id) => orphans.has(id));
      for (const id of gone) await ask(() => boss.fail(NAME, id, { reason: 'its worker has gone' }));
      orphans = now;
      return gone.length;
    },
    lost: async (keys) => {
      const { rows } = await query(
        `SELECT DISTINCT data->>'key' AS key FROM ${SCHEMA}.job j WHERE name = $1 AND state = 'failed' AND data->>'key' = ANY($2)
         AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.job o WHERE o.name = $1 AND o.data->>'key' = j.data->>'key' AND o.state IN ('created', 'retry', 'active'))`,
        [NAME, keys],
      );
      return rows.map(({ key }: { readonly key: string }) => key);
    },
    workers: async () => {
      const { rows } = await query(
        'SELECT DISTINCT application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND starts_with(application_name, $1)',
        [WORKER],
      );
      const names = (rows as { readonly name: string }[]).map(({ name }) => name);
      const own = names.filter((name) => name.startsWith(workerName(program))).length;
      return { own, others: names.length - own };
    },
    strangers: async () => {
      const { rows } = await query(
        `SELECT count(*)::int AS count FROM ${SCHEMA}.job WHERE starts_with(name, 'simulations') AND name <> $1 AND state IN ('created', 'retry')`,
        [NAME],
      );
      return (rows[0] as { readonly count: number }).count;
    },
    close: () => boss.stop({ graceful: false, wait: true }),
  };
}

async function oneAtATime(pool: pg.Pool, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [START_LOCK]);
    await work().finally(() => client.query('SELECT pg_advisory_unlock($1)', [START_LOCK]));
  } finally {
    client.release();
  }
}
