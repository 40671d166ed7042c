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
  readonly expires_at: string;
}

export interface Tables {
  readonly studies: StudyTable;
  readonly invitations: InvitationTable;
  readonly events: EventTable;
  readonly sessions: SessionTable;
}
