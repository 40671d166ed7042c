/**
 * What a queue of simulations keeps in PostgreSQL beside its jobs: the data, once for all jobs of a run, and a result for each job,
 * both under names that follow from their content. A result that comes twice is kept once.
 */
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import pg from 'pg';
import { SimulationError } from '../input/simulation-error.ts';
import type { StudyInput } from '../input/site-input.ts';
import type { RunOutput } from '../runs/run-once.ts';
import { type Ask, queueFault, withoutPassword } from './patience.ts';

export type QueuedResult = { readonly kind: 'done'; readonly output: RunOutput } | { readonly kind: 'failed'; readonly text: string };

export interface QueueStore {
  readonly pool: pg.Pool;
  /** Keeps the files of all sites. @returns Their name. */
  putData(data: StudyInput): Promise<string>;
  getData(name: string): Promise<StudyInput>;
  putResult(key: string, result: QueuedResult): Promise<void>;
  getResult(key: string): Promise<QueuedResult | null>;
  /** Forgets results that say why a job failed, so that it can be tried again. */
  forgetFailures(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS consilium_simulation_data (name text PRIMARY KEY, bytes bytea NOT NULL);
CREATE TABLE IF NOT EXISTS consilium_simulation_result (key text PRIMARY KEY, output bytea, failure text);`;
/** Two processes that begin at once make the tables one after the other. */
const TABLES_LOCK = 741_852_963;

/**
 * @param name - What this process is called among the database's connections.
 * @throws SimulationError when the database cannot be reached; the address is shown without its password.
 */
export async function openQueueStore(url: string, ask: Ask, name: string): Promise<QueueStore> {
  withoutPassword(url); // refuses what is no address
  const pool = new pg.Pool({ connectionString: url, max: 4, application_name: name });
  pool.on('error', () => undefined); // a lost idle connection is made again at the next query
  try {
    const client = await pool.connect();
    await client.query('SELECT pg_advisory_lock($1)', [TABLES_LOCK]);
    await client.query(TABLES).finally(() => client.query('SELECT pg_advisory_unlock($1)', [TABLES_LOCK]));
    client.release();
  } catch (error) {
    await pool.end();
    throw queueFault(url, error);
  }
  const query = (text: string, values: readonly unknown[]) => ask(() => pool.query(text, [...values]));
  return {
    pool,
    putData: async (data) => {
      const bytes = serialize(data);
      const name = createHash('sha256').update(bytes).digest('hex');
      await query('INSERT INTO consilium_simulation_data VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, bytes]);
      return name;
    },
    getData: async (name) => {
      const { rows } = await query('SELECT bytes FROM consilium_simulation_data WHERE name = $1', [name]);
      if (rows.length === 0) throw new SimulationError('The data of a job are not in the queue’s database any more.');
      return deserialize(rows[0].bytes) as StudyInput;
    },
    putResult: async (key, result) => {
      const [output, failure] = result.kind === 'done' ? [serialize(result.output), null] : [null, result.text];
      await query('INSERT INTO consilium_simulation_result VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [key, output, failure]);
    },
    getResult: async (key) => {
      const { rows } = await query('SELECT output, failure FROM consilium_simulation_result WHERE key = $1', [key]);
      if (rows.length === 0) return null;
      const { output, failure } = rows[0] as { readonly output: Buffer | null; readonly failure: string | null };
      return output === null ? { kind: 'failed', text: failure ?? '' } : { kind: 'done', output: deserialize(output) as RunOutput };
    },
    forgetFailures: async (keys) => {
      await query('DELETE FROM consilium_simulation_result WHERE output IS NULL AND key = ANY($1)', [keys]);
    },
    close: () => pool.end(),
  };
}
