/**
 * The append-only logs of the database: one chain a study, and one of what people did at the console. An append is durable before it resolves; an append that failed
 * left nothing, and the next one takes its place.
 */
import type { StudyEvent } from '@consilium/shared/federation';
import { type Database, type FreeSpace, namedDiskError, WorldError } from '../store/index.ts';
import type { CoordinatorKey } from './coordinator-key.ts';
import { CHAIN_START, type Link, linkHash } from './event-chain.ts';

const PAGE = 500;
/** Room asked for before each append: the event, its index entries and a page or two of the database's own log. */
const SLACK_BYTES = 65_536;

/** @typeParam Event - Plain JSON. */
export interface EventLog<Event = StudyEvent> {
  append(study: string, event: Event): Promise<void>;
  links(study: string): AsyncIterable<Link>;
  /** How many events a chain has, and the hash of the newest. */
  head(study: string): Promise<{ readonly events: number; readonly head: string }>;
}

/**
 * @param now - The coordinator's clock, milliseconds since 1970, for the time shown beside an event.
 * @param table - Which log.
 */
export function openEventLog<Event = StudyEvent>(
  database: Database,
  key: CoordinatorKey,
  space: FreeSpace,
  now: () => number,
  table: 'events' | 'console_events' = 'events',
): EventLog<Event> {
  const heads = new Map<string, { sequence: number; previous: string }>();

  async function headOf(study: string): Promise<{ sequence: number; previous: string }> {
    const known = heads.get(study);
    if (known) return known;
    const last = await database
      .selectFrom(table)
      .select(['sequence', 'hash'])
      .where('study', '=', study)
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last ? { sequence: last.sequence + 1, previous: last.hash } : { sequence: 0, previous: CHAIN_START };
  }

  return {
    async append(study, event) {
      const text = JSON.stringify(event);
      const { sequence, previous } = await headOf(study);
      const link = { study, sequence, recordedAt: new Date(now()).toISOString(), event: text, previous };
      const hash = linkHash(link);
      const signature = Buffer.from(key.sign(Buffer.from(hash, 'hex'))).toString('base64');
      heads.delete(study);
      try {
        await space.require(text.length + SLACK_BYTES);
        await database
          .insertInto(table)
          .values({ study, sequence, recorded_at: link.recordedAt, event: text, previous, hash, signature })
          .execute();
      } catch (error) {
        throw appendError(error);
      }
      heads.set(study, { sequence: sequence + 1, previous: hash });
    },
    head: async (study) => {
      const { sequence, previous } = await headOf(study);
      return { events: sequence, head: previous };
    },
    async *links(study) {
      for (let from = 0; ; from += PAGE) {
        const rows = await database
          .selectFrom(table)
          .selectAll()
          .where('study', '=', study)
          .where('sequence', '>=', from)
          .where('sequence', '<', from + PAGE)
          .orderBy('sequence')
          .execute();
        for (const { recorded_at, ...row } of rows) yield { ...row, recordedAt: recorded_at };
        if (rows.length < PAGE) return;
      }
    },
  };
}

/** PostgreSQL says 53100 (disk_full) where Node says ENOSPC. */
function appendError(error: unknown): unknown {
  if (error instanceof WorldError) return error;
  if ((error as { code?: unknown }).code === '53100') return new WorldError('storage-full', 'The disk of the coordinator is full.', error);
  const named = namedDiskError(error);
  return named instanceof WorldError ? named : new WorldError('log-unwritable', 'The event log could not be written.', error);
}
