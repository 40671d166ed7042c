/**
 * The chain of a study's log: each link's hash covers the event, its place, its time and the link before; the coordinator
 * signs the hash. Altering, removing or reordering any event but the newest breaks the chain; adding one needs the key.
 *
 * A cut at the end is not visible from the chain alone: it is found by comparing with a link that was noted elsewhere.
 */
import { createHash } from 'node:crypto';
import { lengthPrefixed } from '@consilium/shared/crypto';

export interface Link {
  readonly study: string;
  readonly sequence: number;
  /** ISO 8601, UTC, the coordinator's clock. Information for people: nothing is decided by it. */
  readonly recordedAt: string;
  /** The event as JSON text, byte for byte. */
  readonly event: string;
  /** Hash of the link before, or `CHAIN_START`. */
  readonly previous: string;
  readonly hash: string;
  /** Ed25519 over the 32 bytes of the hash, base64. */
  readonly signature: string;
}

/** First line of an exported log. */
export const LOG_FORMAT = 'consilium log 1';

/** What the first link names as the one before it. */
export const CHAIN_START = '0'.repeat(64);

/** SHA-256 of a link's contents, lower-case hex, shape of protocol version 1. */
export function linkHash(link: Omit<Link, 'hash' | 'signature'>): string {
  const bytes = lengthPrefixed(['consilium event 1', link.study, link.sequence, link.recordedAt, link.event, link.previous]);
  return createHash('sha256').update(bytes).digest('hex');
}
