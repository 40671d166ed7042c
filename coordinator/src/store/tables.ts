/** The coordinator's tables, as Kysely sees them. Secrets are kept only as SHA-256 in hex. */

export interface StudyTable {
  readonly id: string;
  readonly demo: boolean;
  readonly position: number;
}

export interface InvitationTable {
  readonly secret_hash: string;
  readonly study: string;
  readonly site: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly expires_at: string;
  /** When a person at the console took it back, or null. */
  readonly revoked_at: string | null;
}

/** One link of a study's log. Rows are only ever added. */
export interface EventTable {
  readonly study: string;
  /** Counted from 0 in each study. */
  readonly sequence: number;
  readonly recorded_at: string;
  /** The event as JSON, byte for byte as it was hashed. */
  readonly event: string;
  readonly previous: string;
  readonly hash: string;
  readonly signature: string;
}

export interface SessionTable {
  readonly token_hash: string;
  readonly account: string;
  readonly expires_at: string;
  readonly used_at: string;
}

export interface AccountTable {
  readonly id: string;
  readonly name: string;
  /** The name as it is compared: NFKC, lower case. */
  readonly name_key: string;
  readonly role: string;
  readonly password_hash: string;
  /** Secret of the second factor, base 32, or null. A one-time password cannot be checked against a hash. */
  readonly second_factor: string | null;
  /** Newest 30-second step whose code was used. */
  readonly second_factor_step: number | null;
}

/** Codes with which a colleague makes an account. */
export interface AccountCodeTable {
  readonly code_hash: string;
  readonly role: string;
  readonly expires_at: string;
  readonly used_at: string | null;
  /** The account that made it; null where it was made before this was kept. */
  readonly invited_by: string | null;
}

export interface Tables {
  readonly studies: StudyTable;
  readonly invitations: InvitationTable;
  readonly events: EventTable;
  readonly sessions: SessionTable;
  readonly accounts: AccountTable;
  readonly account_codes: AccountCodeTable;
  /** What people did at the console; a chain like a study's, under the name `console`. */
  readonly console_events: EventTable;
}
