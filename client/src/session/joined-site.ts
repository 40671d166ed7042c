/**
 * A hospital that has joined: its chamber and its link to the coordinator, tied together. This is the only place from which
 * protocol messages and masked bytes leave, and each leaves an entry in the ledger.
 */

import { toHex } from '@consilium/shared/crypto';
import type { HeldAnswer, SiteLogEvent, SiteProgress, SiteRecord } from '@consilium/shared/federation';
import type { WordCheck } from '@consilium/shared/identity';
import type { PatientValues, SiteForecast } from '@consilium/shared/prediction';
import { type CoordinatorMessage, parseSiteMessage, type SiteMessage, sentBytes } from '@consilium/shared/protocol';
import type { ColumnMapping, Mapping } from '@consilium/shared/schema';
import { DEFAULT_POLICY, type Plan, type SitePolicy } from '@consilium/shared/study';
import {
  type BackendName,
  type Chamber,
  type CheckInput,
  chamberHash,
  type FieldView,
  type OpenedTable,
  type PageOffers,
  type ReadInput,
  type ReadProgress,
  type ShownReport,
  type SuggestInput,
  startChamber,
  type TableView,
} from '../chamber/index.ts';
import { isOwnBundle } from './coordinator-place.ts';
import type { DeviceKey } from './device-key.ts';
import { sha256Hex } from './digest.ts';
import { earlierVersions } from './earlier-versions.ts';
import { type ModelSource, modelsOf } from './held-models.ts';
import type { LedgerEntry } from './ledger.ts';
import { type Link, LinkError, type LinkState, openLink, type Sending } from './link.ts';
import type { LocalStore, Membership } from './local-store.ts';
import { describeSending, vectorShape } from './outgoing.ts';
import { signedAbout } from './signed-text.ts';
import { openSiteRecord, type SiteRecordLog } from './site-record.ts';
import { stretch } from './stretch.ts';
import { downloadBlob, uploadBlob } from './transfers.ts';

export interface JoinedSiteOptions {
  readonly membership: Membership;
  readonly plan: Plan;
  readonly planHash: string;
  readonly store: LocalStore;
  readonly key: DeviceKey;
  readonly takeOver: boolean;
  /** A backend by name, or null to choose by trial. */
  readonly backend: BackendName | null;
  /** What this site keeps has changed. */
  onRecord(record: SiteRecord): void;
  onProgress(progress: SiteProgress): void;
  onReading(progress: ReadProgress): void;
  onBeginning(table: TableView): void;
  onLink(state: LinkState): void;
  onSent(entry: LedgerEntry): void;
  onRefused(code: string, text: string): void;
}

export interface JoinedSite {
  readonly chamber: Pick<Chamber, 'kind' | 'opened'>;
  /** The fingerprint of the file this hospital used before, or null. */
  readonly knownFile: string | null;
  read(input: ReadInput): Promise<OpenedTable>;
  /** Asks the reading or check under way to end; it then fails with code `cancelled`. */
  cancel(): Promise<void>;
  look(mapping: Mapping): Promise<readonly FieldView[]>;
  suggest(input: SuggestInput): Promise<ColumnMapping>;
  check(input: CheckInput): Promise<ShownReport>;
  ready(): Promise<void>;
  /** The test patients, to pick from. */
  patientRows(): Promise<readonly number[]>;
  patientValues(row: number): Promise<PatientValues>;
  forecast(values: PatientValues): Promise<SiteForecast>;
  /** The study's models, and this hospital's own as an archive. */
  readonly models: ModelSource;
  /** The words a person heard from another hospital. */
  confirm(heard: readonly string[]): Promise<WordCheck>;
  approve(list: string): Promise<void>;
  /** Signs the list that is to follow the one in force. */
  succeed(list: string): Promise<void>;
  /** The people who sign for this hospital; a list that names others for it is refused. */
  declareSigners(keys: readonly string[]): Promise<void>;
  /** Other limits hold from here on. */
  setPolicy(policy: SitePolicy): Promise<void>;
  /** What this hospital answered in the round under way, before masking; null once the round is over. */
  unmasked(): Promise<HeldAnswer | null>;
  /** The hospital's own record. */
  readonly audit: SiteRecordLog;
  /** Sends nothing more, from this call on. */
  stop(): Promise<void>;
  close(): void;
}

const STOP_LIMIT_MS = 400;

/** Starts the chamber, makes the site in it and opens the link. Throws ChamberError. */
export async function startJoinedSite(options: JoinedSiteOptions): Promise<JoinedSite> {
  const { membership, store } = options;
  const load = toHex(crypto.getRandomValues(new Uint8Array(16)));
  const record = await store.record(membership.study, membership.site);
  let link: Link | null = null;

  const opened = (): Link => {
    if (link === null) throw new Error('the link is not open yet');
    return link;
  };
  const shapes = new Map<string, string>();
  const audit = openSiteRecord(store, options.key, membership, options.planHash);
  const note = (event: SiteLogEvent) => void audit.note(event).catch(() => undefined);

  async function onSending(event: string, body: unknown): Promise<Sending> {
    const entry = await describeSending(event, body, shapes);
    const undo = await store.addToLedger(membership.study, membership.site, entry);
    const { kind, round, sizeBytes: bytes, hash } = entry;
    return {
      undo,
      done() {
        options.onSent(entry);
        note({ type: 'sent', kind, round, bytes, hash });
      },
    };
  }

  async function receive(message: CoordinatorMessage): Promise<void> {
    const { kind } = message;
    note({ type: 'told', kind, round: roundOf(message), hash: await sha256Hex(sentBytes(message)) });
  }

  const page: PageOffers = {
    async sign(messages) {
      const signatures = await Promise.all(messages.map((message) => options.key.sign(message)));
      for (const message of messages) note({ type: 'signed', what: signedAbout(message), hash: await sha256Hex(message) });
      return signatures;
    },
    async save(kept) {
      await store.putRecord(membership.site, kept);
      options.onRecord(kept);
    },
    async send(message) {
      const checked = parseSiteMessage(message);
      if (!checked.ok) throw new TypeError('send: expected a message of the protocol');
      await opened()
        .ask('say', message)
        .catch((error: unknown) => settleRefusal(message, error));
    },
    async upload({ hash, bytes, layout }) {
      shapes.set(hash, vectorShape(layout));
      await uploadBlob(opened(), hash, bytes);
      shapes.delete(hash);
    },
    stretch,
    download: (hash) => downloadBlob(opened(), hash),
    report(progress) {
      if (progress.type === 'refused' || progress.type === 'aborted') note({ type: progress.type, code: progress.code, round: null });
      options.onProgress(progress);
    },
    reading: (progress) => options.onReading(progress),
    beginning: (table) => options.onBeginning(table),
  };

  if (record !== null) options.onRecord(record);
  const chamber = await startChamber(page, { forced: options.backend, plan: options.plan });
  const certificate = await store.certificate(membership.key);
  if (certificate === null) throw new LinkError('certificate-missing', 'The certificate of this device is not in this browser any more.');
  const { rootKey, key: deviceKey } = certificate;
  const site = { id: membership.site, name: membership.name, rootKey, deviceKey };
  const { plan, planHash } = options;
  const policy = (await store.policy(membership.study, membership.site)) ?? DEFAULT_POLICY;
  // Only a demonstration with made-up patients goes without a person's word.
  const confirmation = membership.demo && plan.synthetic ? 'automatic' : 'person';
  const earlier = await earlierVersions(store, membership, certificate);
  const isRecovered = membership.recovered === true;
  const own = { site, record, ...earlier, isRecovered, policy, isOwnBundle: isOwnBundle(), confirmation } as const;
  await chamber.calls.join({ study: membership.study, plan, planHash, clientHash: chamberHash(), ...own }).catch((error: unknown) => {
    chamber.close();
    throw error;
  });

  const signers = await store.signers(membership.study, membership.site);
  if (signers !== null) await chamber.calls.declareSigners(signers.keys);
  note({ type: 'opened', clientHash: chamberHash(), servedBy: location.origin });
  link = openLink({
    study: membership.study,
    site: membership.site,
    key: options.key,
    load,
    takeOver: options.takeOver,
    onMessage(message) {
      void receive(message);
      void chamber.calls.receive(message).catch(() => undefined);
    },
    onState: options.onLink,
    onRefused: options.onRefused,
    onSending,
  });

  const close = () => {
    link?.close();
    chamber.close();
  };
  return {
    chamber,
    knownFile: record?.fileFingerprint ?? null,
    read: (input) => chamber.calls.read(input),
    cancel: () => chamber.calls.cancel(undefined),
    look: (mapping) => chamber.calls.look(mapping),
    suggest: (input) => chamber.calls.suggest(input),
    check: (input) => chamber.calls.check(input),
    ready: () => chamber.calls.ready(undefined),
    patientRows: () => chamber.calls.patientRows(undefined),
    patientValues: async (row) => (await chamber.calls.patientValues(row)) ?? {},
    forecast: (values) => chamber.calls.forecast(values),
    models: modelsOf(membership.study, chamber.calls),
    confirm: (heard) => chamber.calls.confirm(heard),
    approve: (list) => chamber.calls.approve(list),
    succeed: (list) => chamber.calls.succeed(list),
    declareSigners: (keys) => chamber.calls.declareSigners(keys),
    async setPolicy(limits) {
      // In force before anything that is pressed next; the record is written meanwhile.
      await Promise.all([chamber.calls.setPolicy(limits), audit.note({ type: 'limits', limits })]);
    },
    unmasked: () => chamber.calls.unmasked(undefined),
    audit,
    async stop() {
      link?.close();
      await Promise.race([chamber.calls.stop(undefined), pause(STOP_LIMIT_MS)]).catch(() => undefined);
      close();
    },
    close,
  };
}

/** A refusal within a round also comes as a message and is judged in the chamber; a person waits for the answers to these. */
const ASKED_BY_A_PERSON: ReadonlySet<SiteMessage['kind']> = new Set(['ready', 'approve', 'succeed']);

function settleRefusal(message: SiteMessage, error: unknown): void {
  const isJudgedInside = error instanceof LinkError && error.code !== 'link-closed' && !ASKED_BY_A_PERSON.has(message.kind);
  if (!isJudgedInside) throw error;
}

function roundOf(message: SiteMessage | CoordinatorMessage): number | null {
  return 'round' in message ? message.round : null;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
