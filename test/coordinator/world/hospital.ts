/**
 * A whole hospital: the real site of `federation` over a real socket, with a world that keeps its record in memory. It comes back
 * by itself when the coordinator was away, and sends again what was not acknowledged.
 */
import { randomBytes } from 'node:crypto';
import { ed25519Verify } from '@consilium/shared/crypto';
import { createSite, newSiteRecord, type Site, type SiteProgress, type SiteRecord } from '@consilium/shared/federation';
import type { CoordinatorMessage } from '@consilium/shared/protocol';
import { DEFAULT_POLICY } from '@consilium/shared/study';
import { DEMO } from './demo-study.ts';
import { type Answer, type Identity, joinDemo, newIdentity, openTab, type Tab } from './tab.ts';

export interface Hospital {
  readonly id: string;
  readonly study: string;
  readonly identity: Identity;
  readonly site: Site;
  readonly progress: SiteProgress[];
  record(): SiteRecord;
  /** Signs plan and list as its page shows them. */
  approve(): Promise<void>;
  /** Bytes of masked vectors sent. */
  uploadedBytes(): number;
  /** Closes the tab for good. */
  close(): void;
}

/** Refusals after which the same message is to be sent again. */
const NOT_NOW = new Set(['storage-full', 'unavailable', 'too-many']);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param hear - Told of every message of the coordinator before the site is. */
export async function openHospital(
  origin: string,
  id: string,
  hear: (message: CoordinatorMessage) => void = () => undefined,
): Promise<Hospital> {
  const identity = newIdentity();
  const { study, plan, planHash } = await joinDemo(origin, id, identity);
  const load = randomBytes(8).toString('hex');
  const progress: SiteProgress[] = [];
  let record = newSiteRecord(study, new Uint8Array(randomBytes(32)));
  let tab: Tab | null = null;
  let isClosed = false;
  let uploaded = 0;

  /** Does it over whatever connection there is, again after every loss. */
  async function surely(work: (tab: Tab) => Promise<Answer>): Promise<Answer> {
    for (;;) {
      if (isClosed) return await new Promise(() => undefined);
      try {
        const answer = tab === null ? { ok: false, code: 'unavailable' } : await work(tab);
        if (!NOT_NOW.has(answer?.code)) return answer;
      } catch {
        // The connection went away; there will be another.
      }
      await pause(20);
    }
  }

  const site = createSite({
    ...{ study, plan, planHash, clientHash: '0'.repeat(64), confirmation: 'automatic' },
    site: { id, name: id, rootKey: identity.certificate(study).rootKey, deviceKey: identity.publicKey },
    ...{ record, backend: 'plain', policy: DEFAULT_POLICY, isOwnBundle: false },
    world: {
      random: (length) => new Uint8Array(randomBytes(length)),
      sign: async (messages) => messages.map((bytes) => identity.sign(bytes)),
      verify: (publicKey, bytes, signature) => ed25519Verify(signature, bytes, publicKey),
      save: async (next) => {
        record = next;
      },
      send: async (message) => void (await surely((open) => open.emit('say', message))),
      upload: async (_hash, bytes) => {
        uploaded += bytes.length;
        await surely(async (open) => (await open.upload(bytes)).last);
      },
      download: async (hash) => (await surely((open) => open.download(hash))) ?? new Uint8Array(),
      report: (step) => void progress.push(step),
      now: () => 0,
      clock: () => Math.floor(Date.now() / 1000),
      stretch: () => Promise.reject(new TypeError('nobody compares words here')),
    },
  });

  const hospital: Hospital = {
    ...{ id, study, identity, site, progress },
    record: () => record,
    approve: () => site.approve(progress.flatMap((step) => (step.type === 'roster' ? [step.rosterHash] : [])).at(-1) ?? ''),
    uploadedBytes: () => uploaded,
    close: () => {
      isClosed = true;
      tab?.close();
    },
  };

  async function connect(): Promise<void> {
    while (!isClosed) {
      try {
        const opened = await openTab(origin, { study, site: id, identity, load });
        opened.onMessage((message) => {
          hear(message);
          site.receive(message);
        });
        if ((await opened.hello()).ok) {
          tab = opened;
          await new Promise((resolve) => (opened.socket.connected ? opened.socket.once('disconnect', resolve) : resolve(null)));
          tab = null;
        } else opened.close();
      } catch {
        // Not there yet.
      }
      await pause(50);
    }
  }

  void connect();
  const csv = DEMO.sites.find((known) => known.id === id)?.csv ?? '';
  await site.load({ files: [{ name: `${id}.csv`, bytes: new TextEncoder().encode(csv) }], splitCsv: null });
  return hospital;
}
