/**
 * The network of a simulation: messages between a coordinator and its sites in memory, as JSON, in order, one at a time;
 * and the blobs both sides name by hash. Counts what a wire would carry.
 */

import { createHash } from 'node:crypto';
import { toHex } from '@consilium/shared/crypto';
import type { Blobs } from '@consilium/shared/federation';

export interface Wire {
  up: number;
  down: number;
}

export interface PostOffice {
  readonly blobs: Blobs;
  readonly wire: ReadonlyMap<string, Wire>;
  countUp(site: string, sizeBytes: number): void;
  countDown(site: string, sizeBytes: number): void;
}

export const sizeOf = (message: unknown): number => Buffer.byteLength(JSON.stringify(message));

export function createPostOffice(sites: readonly string[]): PostOffice {
  const wire = new Map<string, Wire>(sites.map((site) => [site, { up: 0, down: 0 }]));
  const store = new Map<string, Uint8Array>();
  const count = (site: string, way: keyof Wire, sizeBytes: number): void => {
    const entry = wire.get(site);
    if (entry !== undefined) entry[way] += sizeBytes;
  };
  return {
    wire,
    countUp: (site, sizeBytes) => count(site, 'up', sizeBytes),
    countDown: (site, sizeBytes) => count(site, 'down', sizeBytes),
    blobs: {
      get: async (hash) => store.get(hash) ?? null,
      put: async (bytes) => {
        const hash = toHex(createHash('sha256').update(bytes).digest());
        store.set(hash, bytes);
        return hash;
      },
      has: async (hash) => store.has(hash),
      remove: async (hash) => {
        store.delete(hash);
      },
    },
  };
}
