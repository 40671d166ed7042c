/**
 * Leaving a study: everything else has stopped; then one connection of its own carries one signed word, and nothing follows it. Where the coordinator
 * cannot be reached within seconds nobody is told, and the page says so.
 */
import { toHex } from '@consilium/shared/crypto';
import { leavingWord } from '@consilium/shared/federation';
import { openDeviceKey } from './device-key.ts';
import type { LedgerEntry } from './ledger.ts';
import { openLink } from './link.ts';
import type { LocalStore, Membership } from './local-store.ts';
import { describeSending } from './outgoing.ts';
import type { SiteRecordLog } from './site-record.ts';

/** A coordinator that can be reached takes less; who leaves is not kept longer. */
const LIMIT_MS = 4000;

export interface LeavingWorld {
  readonly store: LocalStore;
  readonly member: Membership;
  readonly audit: SiteRecordLog;
  sent(entry: LedgerEntry): void;
}

/** @returns Whether the coordinator has the word. */
export async function tellLeaving({ store, member, audit, sent }: LeavingWorld): Promise<boolean> {
  const { study, site } = member;
  const key = await openDeviceKey(store, member.key);
  const kept = await store.record(study, site);
  const { message, record } = await leavingWord({ study, site, record: kept }, (texts) => Promise.all(texts.map((text) => key.sign(text))));
  if (record !== null && record !== kept) await store.putRecord(site, record);
  return new Promise((resolve) => {
    const link = openLink({
      ...{ study, site, key, takeOver: true },
      load: toHex(crypto.getRandomValues(new Uint8Array(16))),
      onMessage: () => undefined,
      onState: () => undefined,
      onRefused: () => end(false),
      async onSending(event, body) {
        const entry = await describeSending(event, body, new Map());
        const undo = await store.addToLedger(study, site, entry);
        const { kind, round, sizeBytes: bytes, hash } = entry;
        return {
          undo,
          done() {
            sent(entry);
            void audit.note({ type: 'sent', kind, round, bytes, hash }).catch(() => undefined);
          },
        };
      },
    });
    const timer = setTimeout(() => end(false), LIMIT_MS);
    const end = (isTold: boolean): void => {
      clearTimeout(timer);
      link.close();
      resolve(isTold);
    };
    link.ask('say', message).then(
      () => end(true),
      () => end(false),
    );
  });
}
