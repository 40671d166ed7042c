/** Asking a database that may be away for a while: a restart or a broken line is waited for, every other fault is one sentence. */
import { setTimeout as wait } from 'node:timers/promises';
import { SimulationError } from '../input/simulation-error.ts';

export interface Patience {
  /** The database, with or without its password; shown without. */
  readonly url: string;
  /** How long an absence is waited for. */
  readonly patienceMs?: number | undefined;
  /** What happens to the work when it is too long; a sentence. */
  readonly after: string;
  /** Called once for each absence. */
  readonly onReport?: ((text: string) => void) | undefined;
}

export type Ask = <Result>(call: () => Promise<Result>) => Promise<Result>;

const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;
const CLOSE_MS = 2000;
/** Of the line, and of PostgreSQL: class 08, and 57P01 to 57P03 (shutting down, crashed, starting). */
const AWAY = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|08...|57P0[123])$/;

/** @returns Asks again while the database is away. @throws SimulationError, by that function. */
export function patientAsk({ url, patienceMs = PATIENCE_MS, after, onReport }: Patience): Ask {
  return async (call) => {
    let since: number | null = null;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (error instanceof SimulationError) throw error;
        if (!isAway(error)) throw queueFault(url, error, after);
        if (since === null) onReport?.(`The database at ${withoutPassword(url)} does not answer (${reasonOf(error)}); trying again.`);
        since ??= performance.now();
        if (performance.now() - since > patienceMs)
          throw new SimulationError(
            `The database at ${withoutPassword(url)} has not answered for ${Math.round(patienceMs / 1000)} seconds. ${after}`,
          );
        await wait(PAUSE_MS);
      }
    }
  };
}

export const queueFault = (url: string, error: unknown, after = ''): SimulationError =>
  new SimulationError(`The queue at ${withoutPassword(url)} cannot be used: ${reasonOf(error)}. ${after}`.trim());

/** @throws SimulationError for a text that is no address. */
export function withoutPassword(text: string): string {
  try {
    const url = new URL(text);
    url.password = '';
    return url.href;
  } catch {
    throw new SimulationError('--queue needs an address as postgres://user:password@host:5432/database.');
  }
}

function isAway(error: unknown): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string') return AWAY.test(code);
  return typeof message === 'string' && /connection (?:terminated|ended|timeout|closed)|not connected|timeout exceeded/i.test(message);
}

/** Several addresses of one host fail together: their reasons are inside. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message || error.name : String(error);
}

/** A connection that does not answer keeps nobody from ending. */
export async function inTime(closing: Promise<void> | undefined): Promise<void> {
  const stop = new AbortController();
  const late = wait(CLOSE_MS, undefined, { signal: stop.signal }).catch(() => undefined);
  await Promise.race([Promise.resolve(closing).catch(() => undefined), late]);
  stop.abort();
}
