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

/** Whether a secret still seats a hospital. That a hospital has used it is known from the study's log. */
export type InvitationState = 'open' | 'expired' | 'revoked';

export interface Invitations {
  /** @returns The secret, to be passed on apart from the link. */
  create(invitation: Invitation): Promise<string>;
  /** The invitation of this study that has this secret, whatever its state. */
  find(study: string, secret: string): Promise<(Invitation & { readonly state: InvitationState }) | null>;
  /** Every invitation of a study, by name. */
  list(study: string): Promise<readonly (Invitation & { readonly state: InvitationState; readonly expiresAt: string })[]>;
  /** From now on its secret seats nobody. @returns Whether there is such an invitation. */
  revoke(study: string, site: string): Promise<boolean>;
}

const DAYS_VALID = 30;

/** @param now - Milliseconds since 1970. */
export function openInvitations(database: Database, now: () => number): Invitations {
  const stateOf = ({ revoked_at, expires_at }: { revoked_at: string | null; expires_at: string }): InvitationState =>
    revoked_at !== null ? 'revoked' : Date.parse(expires_at) < now() ? 'expired' : 'open';
  const rowsOf = (study: string) =>
    database.selectFrom('invitations').select(['study', 'site', 'name', 'expires_at', 'revoked_at']).where('study', '=', study);
  return {
    async create(invitation) {
      const secret = randomBytes(16).toString('base64url');
      const expires_at = new Date(now() + DAYS_VALID * 86_400_000).toISOString();
      await database
        .insertInto('invitations')
        .values({ secret_hash: hashOf(secret), ...invitation, expires_at, revoked_at: null })
        .execute();
      return secret;
    },
    async find(study, secret) {
      const found = await rowsOf(study).where('secret_hash', '=', hashOf(secret)).executeTakeFirst();
      return found === undefined ? null : { study: found.study, site: found.site, name: found.name, state: stateOf(found) };
    },
    async list(study) {
      const rows = await rowsOf(study).orderBy('name').execute();
      return rows.map((row) => ({ study, site: row.site, name: row.name, state: stateOf(row), expiresAt: row.expires_at }));
    },
    async revoke(study, site) {
      const done = await database
        .updateTable('invitations')
        .set({ revoked_at: new Date(now()).toISOString() })
        .where('study', '=', study)
        .where('site', '=', site)
        .executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
  };
}

/** A random 128-bit secret needs no slow hash. */
function hashOf(secret: string): string {
  return createHash('sha256').update(`consilium invitation 1 ${secret.trim()}`).digest('hex');
}
