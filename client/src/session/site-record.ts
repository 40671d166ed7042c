/**
 * This hospital's own record of a study, kept in the browser: entries are chained and signed as they come, one after another. An entry that could
 * not be written stops nothing; the chain then goes on from the last one that was.
 */
import { toBase64 } from '@consilium/shared/crypto';
import {
  SITE_LOG_FORMAT,
  SITE_LOG_START,
  type SiteLogEvent,
  type SiteLogLink,
  siteLogBytes,
  siteLogHash,
} from '@consilium/shared/federation';
import type { DeviceKey } from './device-key.ts';
import type { LocalStore, Membership } from './local-store.ts';

export interface SiteRecordLog {
  /** Resolves when the entry is in the browser's storage. */
  note(event: SiteLogEvent): Promise<void>;
  /** Resolves when every entry noted so far is in the storage, or has failed. */
  settled(): Promise<void>;
}

export function openSiteRecord(
  store: LocalStore,
  key: DeviceKey,
  { study, site, name }: Pick<Membership, 'study' | 'site' | 'name'>,
  planHash: string,
): SiteRecordLog {
  let last: { readonly sequence: number; readonly hash: string } | null = null;
  let queue: Promise<void> = Promise.resolve();

  async function append(event: SiteLogEvent): Promise<void> {
    if (last === null) {
      const newest = (await store.recordLinks(study, site)).at(-1);
      last = { sequence: newest?.sequence ?? -1, hash: newest?.hash ?? SITE_LOG_START };
      if (newest === undefined) await append({ type: 'joined', name, planHash });
    }
    const recordedAt = new Date().toISOString();
    const link = { study, site, sequence: last.sequence + 1, recordedAt, event: JSON.stringify(event), previous: last.hash };
    const hash = siteLogHash(link);
    const signature = toBase64(await key.sign(siteLogBytes(hash)));
    await store.addRecordLink({ ...link, hash, signature });
    last = { sequence: link.sequence, hash };
  }

  return {
    note(event) {
      const done = queue.then(() => append(event));
      queue = done.catch(() => undefined);
      return done;
    },
    settled: () => queue,
  };
}

/** The whole record as a file: a first line that names the key, then one entry a line. */
export async function exportRecord(store: LocalStore, { study, site, name, key }: Membership): Promise<string> {
  const publicKey = (await store.key(key))?.publicKey ?? new Uint8Array(0);
  const head = { format: SITE_LOG_FORMAT, study, site, name, publicKey: toBase64(publicKey) };
  return [head, ...(await store.recordLinks(study, site))].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The entries of such a file. */
export const recordEntries = (file: string): readonly SiteLogLink[] =>
  file
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as SiteLogLink);
