/**
 * This hospital's own record of a study, kept in the browser: entries are chained and signed in the order in which they were noted, and what comes
 * close together goes into the storage together. An entry that could not be written stops nothing; the chain then goes on from the last one that was.
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

/** Where the record is kept. */
export type SiteRecordStore = Pick<LocalStore, 'recordLinks' | 'addRecordLinks'>;

interface Noted {
  readonly recordedAt: string;
  readonly event: SiteLogEvent;
  done(): void;
  failed(error: unknown): void;
}

/** A round notes some twenty entries; one transaction for each would cost the browser more than the round. */
const GATHER_MS = 50;

export function openSiteRecord(
  store: SiteRecordStore,
  key: Pick<DeviceKey, 'sign'>,
  { study, site, name }: Pick<Membership, 'study' | 'site' | 'name'>,
  planHash: string,
): SiteRecordLog {
  let last: { readonly sequence: number; readonly hash: string } | null = null;
  let waiting: Noted[] = [];
  let writing: Promise<void> | null = null;

  async function append(entries: readonly Pick<Noted, 'recordedAt' | 'event'>[]): Promise<void> {
    const newest = last ?? (await store.recordLinks(study, site)).at(-1) ?? null;
    const joined = { recordedAt: entries[0]?.recordedAt ?? '', event: { type: 'joined', name, planHash } } as const;
    let previous = newest?.hash ?? SITE_LOG_START;
    let sequence = newest?.sequence ?? -1;
    const links = (newest === null ? [joined, ...entries] : entries).map(({ recordedAt, event }) => {
      const link = { study, site, sequence: ++sequence, recordedAt, event: JSON.stringify(event), previous };
      previous = siteLogHash(link);
      return { ...link, hash: previous };
    });
    const signed = links.map(async (link) => ({ ...link, signature: toBase64(await key.sign(siteLogBytes(link.hash))) }));
    await store.addRecordLinks(await Promise.all(signed));
    last = { sequence, hash: previous };
  }

  async function write(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await append(batch);
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    writing = null;
  }

  return {
    note: (event) =>
      new Promise((done, failed) => {
        waiting.push({ recordedAt: new Date().toISOString(), event, done, failed });
        writing ??= write();
      }),
    settled: async () => {
      await writing;
    },
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
