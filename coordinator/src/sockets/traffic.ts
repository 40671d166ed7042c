/**
 * Bytes to and from each site, since this process started, in three measures: `frames` is every packet of the connection, as
 * it leaves or enters the transport; `blobs` is only the contents of masked vectors, sums and models; `content` is the content of every
 * event from the site, counted as the site's own list of what left counts it.
 */
import { sentLength } from '@consilium/shared/protocol';

export interface SiteTraffic {
  readonly framesUp: number;
  readonly framesDown: number;
  readonly blobsUp: number;
  readonly blobsDown: number;
  readonly contentUp: number;
  readonly messagesUp: number;
}

export interface Traffic {
  add(study: string, site: string, counts: Partial<SiteTraffic>): void;
  /** By site id. */
  of(study: string): { readonly [site: string]: SiteTraffic };
}

const NONE: SiteTraffic = { framesUp: 0, framesDown: 0, blobsUp: 0, blobsDown: 0, contentUp: 0, messagesUp: 0 };

export function createTraffic(): Traffic {
  const counted = new Map<string, Map<string, SiteTraffic>>();
  return {
    add(study, site, counts) {
      const sites = counted.get(study) ?? new Map<string, SiteTraffic>();
      const before = sites.get(site) ?? NONE;
      sites.set(site, {
        framesUp: before.framesUp + (counts.framesUp ?? 0),
        framesDown: before.framesDown + (counts.framesDown ?? 0),
        blobsUp: before.blobsUp + (counts.blobsUp ?? 0),
        blobsDown: before.blobsDown + (counts.blobsDown ?? 0),
        contentUp: before.contentUp + (counts.contentUp ?? 0),
        messagesUp: before.messagesUp + (counts.messagesUp ?? 0),
      });
      counted.set(study, sites);
    },
    of: (study) => Object.fromEntries(counted.get(study) ?? []),
  };
}

/** What one event from a site adds. */
export const oneMessage = (payload: unknown): Partial<SiteTraffic> => ({ contentUp: sentLength(payload), messagesUp: 1 });

/** Size of an Engine.IO packet: one byte of type, then its text or bytes. */
export function packetBytes(packet: { readonly data?: unknown }): number {
  const { data } = packet;
  if (typeof data === 'string') return 1 + Buffer.byteLength(data);
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return data.byteLength;
  return 1;
}
