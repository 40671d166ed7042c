/**
 * Invitations: a 128-bit secret for one site of one study. Only its hash is kept; the secret is shown once. It is used up when
 * its site has joined, which the event log knows, so that a crash between the two cannot make it usable twice.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../store/index.ts';

export interface Invitation {
  readonly study: string;
  readonly site: string;
  readonly name: string;
}

export interface Invitations {
  /** @returns The secret, to be passed on apart from the link. */
  create(invitation: Invitation): Promise<string>;
  /** The unexpired invitation of this study that has this secret. */
  find(study: string, secret: string): Promise<Invitation | null>;
  /** Site ids of a study that are spoken for. */
  sites(study: string): Promise<string[]>;
}

const DAYS_VALID = 30;

/** @param now - Milliseconds since 1970. */
export function openInvitations(database: Database, now: () => number): Invitations {
  return {
    async create(invitation) {
      const secret = randomBytes(16).toString('base64url');
      const expires_at = new Date(now() + DAYS_VALID * 86_400_000).toISOString();
      await database
        .insertInto('invitations')
        .values({ secret_hash: hashOf(secret), ...invitation, expires_at })
        .execute();
      return secret;
    },
    async find(study, secret) {
      const found = await database
        .selectFrom('invitations')
        .select(['study', 'site', 'name', 'expires_at'])
        .where('secret_hash', '=', hashOf(secret))
        .where('study', '=', study)
        .executeTakeFirst();
      if (!found || Date.parse(found.expires_at) < now()) return null;
      return { study: found.study, site: found.site, name: found.name };
    },
    async sites(study) {
      const rows = await database.selectFrom('invitations').select('site').where('study', '=', study).execute();
      return rows.map((row) => row.site);
    },
  };
}

/** A random 128-bit secret needs no slow hash. */
function hashOf(secret: string): string {
  return createHash('sha256').update(`consilium invitation 1 ${secret.trim()}`).digest('hex');
}
