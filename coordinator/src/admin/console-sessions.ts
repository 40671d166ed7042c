/** Who is signed in at the console: a random token in a cookie, its hash in the database, twelve hours. */
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../store/index.ts';
import { isSameCode } from './admin-code.ts';

export interface ConsoleSessions {
  /** @returns A new token, or why not. The code works once in the life of this process. */
  signIn(code: string): Promise<{ ok: true; token: string } | { ok: false; code: 'wrong-code' | 'code-used'; text: string }>;
  isSignedIn(token: string | null): Promise<boolean>;
  signOut(token: string | null): Promise<void>;
}

/** Life of a session, seconds. */
export const SESSION_SECONDS = 12 * 3600;

/** @param now - Milliseconds since 1970. */
export function openConsoleSessions(database: Database, adminCode: string, now: () => number): ConsoleSessions {
  let isUsed = false;
  return {
    async signIn(code) {
      if (!isSameCode(code, adminCode)) return { ok: false, code: 'wrong-code', text: 'This is not the code the coordinator printed.' };
      if (isUsed) return { ok: false, code: 'code-used', text: 'This code has been used. Start the coordinator again for a new one.' };
      isUsed = true;
      const token = randomBytes(32).toString('base64url');
      const expires_at = new Date(now() + SESSION_SECONDS * 1000).toISOString();
      try {
        await database.deleteFrom('sessions').where('expires_at', '<', new Date(now()).toISOString()).execute();
        await database
          .insertInto('sessions')
          .values({ token_hash: hashOf(token), expires_at })
          .execute();
      } catch (error) {
        isUsed = false;
        throw error;
      }
      return { ok: true, token };
    },
    async isSignedIn(token) {
      if (token === null) return false;
      const found = await database.selectFrom('sessions').select('expires_at').where('token_hash', '=', hashOf(token)).executeTakeFirst();
      return found !== undefined && Date.parse(found.expires_at) > now();
    },
    async signOut(token) {
      if (token !== null) await database.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute();
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
