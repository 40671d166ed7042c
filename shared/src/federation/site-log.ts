/**
 * A hospital's own record of a study: what it signed, sent, refused and was told, in a chain of hashes, each signed by the key that speaks for
 * it. Altering, removing or reordering an entry breaks the chain; adding one needs the key. Nothing of a row and no key is in it.
 *
 * A cut at the end is not visible from the chain alone: it is found by comparing with a hash that was noted elsewhere.
 */
import { fromHex, lengthPrefixed, sha256, toHex } from '../crypto/index.ts';

/** First line of an exported record. */
export const SITE_LOG_FORMAT = 'consilium hospital log 1';

/** What the first entry names as the one before it. */
export const SITE_LOG_START = '0'.repeat(64);

/** One thing that happened. `bytes` and `hash` are those of the content, as in the list of what left. */
export type SiteLogEvent =
  | { readonly type: 'joined'; readonly name: string; readonly planHash: string }
  | { readonly type: 'opened'; readonly clientHash: string; readonly servedBy: string }
  | { readonly type: 'limits'; readonly limits: unknown }
  | { readonly type: 'signed'; readonly what: string; readonly hash: string }
  | { readonly type: 'sent'; readonly kind: string; readonly round: number | null; readonly bytes: number; readonly hash: string }
  | { readonly type: 'told'; readonly kind: string; readonly round: number | null; readonly hash: string }
  | { readonly type: 'refused' | 'aborted'; readonly code: string; readonly round: number | null }
  | { readonly type: 'stopped' | 'resumed' | 'left' };

export interface SiteLogLink {
  readonly study: string;
  readonly site: string;
  readonly sequence: number;
  /** ISO 8601, UTC, this machine's clock. For people: nothing is decided by it. */
  readonly recordedAt: string;
  /** A `SiteLogEvent` as JSON, byte for byte as it was hashed. */
  readonly event: string;
  readonly previous: string;
  /** Hex. */
  readonly hash: string;
  /** Ed25519 over `siteLogBytes`, base64. */
  readonly signature: string;
}

/** SHA-256 of a link's contents, hex. */
export function siteLogHash({ study, site, sequence, recordedAt, event, previous }: Omit<SiteLogLink, 'hash' | 'signature'>): string {
  return toHex(sha256(lengthPrefixed(['consilium hospital event 1', study, site, sequence, recordedAt, event, previous])));
}

/** What is signed of a link. */
export const siteLogBytes = (hash: string): Uint8Array => lengthPrefixed(['consilium hospital entry 1', fromHex(hash)]);
