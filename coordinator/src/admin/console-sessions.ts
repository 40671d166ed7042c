/** Who is signed in at the console: a random token in a cookie, its hash in the database; at most twelve hours, half an hour unused. */
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../store/index.ts';
import type { Account, Accounts } from './accounts.ts';

export interface ConsoleSessions {
  /** @returns A new token for the account. */
  begin(account: Account): Promise<string>;
  /** The account of a token that counts, or null. `isUse` false looks without prolonging the session. */
  account(token: string | null, isUse?: boolean): Promise<Account | null>;
  end(token: string | null): Promise<void>;
  /** Ends every session of an account but, if given, one. */
  endAll(account: string, but?: string | null): Promise<void>;
}

/** Longest life of a session, seconds. */
export const SESSION_SECONDS = 12 * 3600;
/** A session that is not used for so long is over, seconds. */
export const IDLE_SECONDS = 1800;
/** Uses are noted at most so often, milliseconds: not every request is a write. */
const NOTE_MS = 60_000;

/** @param now - Milliseconds since 1970. */
export function openConsoleSessions(database: Database, accounts: Accounts, now: () => number): ConsoleSessions {
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    async begin(account) {
      const token = randomBytes(32).toString('base64url');
      await database.deleteFrom('sessions').where('expires_at', '<', iso(now())).execute();
      await database
        .insertInto('sessions')
        .values({ token_hash: hashOf(token), account: account.id, expires_at: iso(now() + SESSION_SECONDS * 1000), used_at: iso(now()) })
        .execute();
      return token;
    },
    async account(token, isUse = true) {
      if (token === null) return null;
      const token_hash = hashOf(token);
      const found = await database.selectFrom('sessions').selectAll().where('token_hash', '=', token_hash).executeTakeFirst();
      if (found === undefined || Date.parse(found.expires_at) <= now()) return null;
      const unused = now() - Date.parse(found.used_at);
      if (unused > IDLE_SECONDS * 1000) return null;
      if (isUse && unused > NOTE_MS) {
        await database
          .updateTable('sessions')
          .set({ used_at: iso(now()) })
          .where('token_hash', '=', token_hash)
          .execute();
      }
      return accounts.find(found.account);
    },
    async end(token) {
      if (token !== null) await database.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute();
    },
    async endAll(account, but = null) {
      await database
        .deleteFrom('sessions')
        .where('account', '=', account)
        .where('token_hash', '!=', but === null ? '' : hashOf(but))
        .execute();
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
