/**
 * What this browser keeps for a hospital, in IndexedDB: device keys, which studies it joined, the site's record of answered
 * queries, how its columns were matched, its own limits, the ledger of what left, and its own record. No patient data and no key of a round is ever here.
 */
import { noContributors, noEarlierSums, type SiteLogLink, type SiteRecord } from '@consilium/shared/federation';
import type { DeviceCertificate, PersonRole } from '@consilium/shared/identity';
import type { SitePolicy } from '@consilium/shared/study';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ReadChoices } from '../chamber/index.ts';
import type { LedgerEntry } from './ledger.ts';

/** One joined study. `key` names the device key it joined with. */
export interface Membership {
  readonly study: string;
  readonly site: string;
  readonly name: string;
  readonly key: string;
  readonly title: string;
  readonly demo: boolean;
  readonly joinedAt: number;
  /** Who sat at this browser when it joined: kept here, never sent. */
  readonly person?: { readonly name: string; readonly role: PersonRole };
  /** Set where the key of this browser was certified by the recovery file: another device may have answered before. */
  readonly recovered?: boolean;
  /**
   * Set when a person stopped this hospital's part, or left the study: nothing is sent until a person goes on. `left`: the coordinator has the
   * signed word; `left-untold`: it could not be told.
   */
  readonly halted?: 'stopped' | 'left' | 'left-untold';
}

/** A non-extractable key where the browser has Ed25519, else the secret's 32 bytes. */
export type StoredKey =
  | { readonly kind: 'web-crypto'; readonly privateKey: CryptoKey; readonly publicKey: Uint8Array }
  | { readonly kind: 'bytes'; readonly secret: Uint8Array; readonly publicKey: Uint8Array };

/** How a hospital's columns were matched to a study, to be offered again. It names columns and codes; no patient is in it. */
export interface KeptMapping {
  readonly savedAt: number;
  readonly mapping: unknown;
  /** How a person had the file read. */
  readonly choices: ReadChoices;
  /** Whether an exclusion list was used: its patients are not kept, so it must come again. */
  readonly hasExclusions: boolean;
}

/** The people a hospital has declared from this browser, and those it has taken back; keys, base64. */
export interface DeclaredSigners {
  readonly keys: readonly string[];
  readonly takenBack: readonly string[];
}

/** Someone who signs for a hospital from this browser. There is one in a study. */
export interface KeptPerson {
  /** The study's name at this coordinator; later versions have others. */
  readonly study: string;
  readonly name: string;
  readonly role: PersonRole;
  /** Name of the key in the store. */
  readonly key: string;
  /** Of the link that the key was made under. */
  readonly code: string;
  /** As the link names it. */
  readonly hospital: string;
  /** Hash of the list of hospitals whose words this person has compared; null before. */
  readonly comparedList: string | null;
}

interface Schema extends DBSchema {
  certificates: { key: string; value: DeviceCertificate };
  keys: { key: string; value: StoredKey };
  memberships: { key: string; value: Membership };
  records: { key: string; value: SiteRecord };
  mappings: { key: string; value: KeptMapping };
  policies: { key: string; value: SitePolicy };
  signers: { key: string; value: DeclaredSigners };
  persons: { key: string; value: KeptPerson };
  ledger: { key: number; value: LedgerEntry & { readonly member: string }; indexes: { member: string } };
  audit: { key: number; value: SiteLogLink & { readonly member: string }; indexes: { member: string } };
}

export interface LocalStore {
  key(id: string): Promise<StoredKey | null>;
  putKey(id: string, key: StoredKey): Promise<void>;
  /** The certificate of the device key of that name. */
  certificate(id: string): Promise<DeviceCertificate | null>;
  putCertificate(id: string, certificate: DeviceCertificate): Promise<void>;
  /** For one that nobody has taken. */
  dropCertificate(id: string): Promise<void>;
  memberships(): Promise<readonly Membership[]>;
  membership(study: string, site: string): Promise<Membership | null>;
  putMembership(membership: Membership): Promise<void>;
  record(study: string, site: string): Promise<SiteRecord | null>;
  /** Durable before it resolves. */
  putRecord(site: string, record: SiteRecord): Promise<void>;
  mapping(study: string, site: string): Promise<KeptMapping | null>;
  putMapping(study: string, site: string, kept: KeptMapping): Promise<void>;
  /** The hospital's own limits for a study; null before it has set any. */
  policy(study: string, site: string): Promise<SitePolicy | null>;
  putPolicy(study: string, site: string, policy: SitePolicy): Promise<void>;
  /** The people who sign for a hospital; null where it has never declared any. */
  signers(study: string, site: string): Promise<DeclaredSigners | null>;
  putSigners(study: string, site: string, signers: DeclaredSigners): Promise<void>;
  /** Whose browser this is in a study. @param name - The plan's short name, which all versions share. */
  person(name: string): Promise<KeptPerson | null>;
  putPerson(name: string, person: KeptPerson): Promise<void>;
  forgetPerson(name: string): Promise<void>;
  /** Hashes of the plans that were signed from this browser, by whichever hospital and study. */
  signedPlans(): Promise<ReadonlySet<string>>;
  ledger(study: string, site: string): Promise<readonly LedgerEntry[]>;
  /** Answers how to take the entry back, for something that was not sent after all. */
  addToLedger(study: string, site: string, entry: LedgerEntry): Promise<() => Promise<void>>;
  /** The hospital's own record of a study, in the order of its entries. */
  recordLinks(study: string, site: string): Promise<readonly SiteLogLink[]>;
  /** All of them or none. */
  addRecordLinks(links: readonly SiteLogLink[]): Promise<void>;
  /**
   * Removes everything of a hospital in a study: list, record, limits, matching, record of answered queries and membership; then, last, the key
   * it joined with, if no other study in this browser uses it.
   */
  forget(study: string, site: string): Promise<void>;
}

/** What an older page did not keep. */
const olderThan = (
  kept: Partial<SiteRecord>,
): Pick<SiteRecord, 'contributors' | 'earlier' | 'seats' | 'readOn' | 'rowSketch' | 'earlierRows'> => ({
  contributors: kept.contributors ?? noContributors,
  earlier: kept.earlier ?? noEarlierSums,
  seats: kept.seats ?? [],
  readOn: kept.readOn ?? null,
  rowSketch: kept.rowSketch ?? null,
  earlierRows: kept.earlierRows ?? [],
});

const memberKey = (study: string, site: string): string => `${study}/${site}`;

/** Opens the store; throws where the browser withholds storage. @param onLost - It was cleared while it was open: nothing can be kept from here on. */
export async function openLocalStore(onLost = (): void => {}): Promise<LocalStore> {
  const database = await openDB<Schema>('consilium', 6, {
    upgrade(opened, before) {
      if (before < 1) {
        opened.createObjectStore('keys');
        opened.createObjectStore('memberships');
        opened.createObjectStore('records');
        opened.createObjectStore('ledger', { autoIncrement: true }).createIndex('member', 'member');
      }
      if (before < 2) opened.createObjectStore('mappings');
      if (before < 3) opened.createObjectStore('policies');
      if (before < 4) opened.createObjectStore('audit', { autoIncrement: true }).createIndex('member', 'member');
      if (before < 5) opened.createObjectStore('certificates');
      if (before < 6) {
        opened.createObjectStore('signers');
        opened.createObjectStore('persons');
      }
    },
    terminated: onLost,
  });
  return {
    key: async (id) => (await database.get('keys', id)) ?? null,
    putKey: (id, key) => put(database, 'keys', key, id),
    certificate: async (id) => (await database.get('certificates', id)) ?? null,
    putCertificate: (id, certificate) => put(database, 'certificates', certificate, id),
    dropCertificate: (id) => database.delete('certificates', id),
    memberships: async () => (await database.getAll('memberships')).sort((a, b) => b.joinedAt - a.joinedAt),
    membership: async (study, site) => (await database.get('memberships', memberKey(study, site))) ?? null,
    putMembership: (membership) => put(database, 'memberships', membership, memberKey(membership.study, membership.site)),
    record: async (study, site) => {
      const kept = await database.get('records', memberKey(study, site));
      return kept === undefined ? null : { ...kept, ...olderThan(kept) };
    },
    putRecord: (site, record) => put(database, 'records', record, memberKey(record.study, site)),
    mapping: async (study, site) => (await database.get('mappings', memberKey(study, site))) ?? null,
    putMapping: (study, site, kept) => put(database, 'mappings', kept, memberKey(study, site)),
    policy: async (study, site) => (await database.get('policies', memberKey(study, site))) ?? null,
    putPolicy: (study, site, policy) => put(database, 'policies', policy, memberKey(study, site)),
    signers: async (study, site) => (await database.get('signers', memberKey(study, site))) ?? null,
    putSigners: (study, site, signers) => put(database, 'signers', signers, memberKey(study, site)),
    person: async (name) => (await database.get('persons', name)) ?? null,
    putPerson: (name, person) => put(database, 'persons', person, name),
    forgetPerson: async (name) => {
      const kept = await database.get('persons', name);
      await database.delete('persons', name);
      if (kept !== undefined) await database.delete('keys', kept.key);
    },
    signedPlans: async () => new Set((await database.getAll('records')).flatMap(({ planHash }) => (planHash === null ? [] : [planHash]))),
    ledger: async (study, site) => {
      const rows = await database.getAllFromIndex('ledger', 'member', memberKey(study, site));
      return rows.map(({ member: _, ...entry }) => entry);
    },
    addToLedger: async (study, site, entry) => {
      const at = await database.add('ledger', { ...entry, member: memberKey(study, site) });
      return () => database.delete('ledger', at);
    },
    recordLinks: async (study, site) => {
      const rows = await database.getAllFromIndex('audit', 'member', memberKey(study, site));
      return rows.map(({ member: _, ...link }) => link).sort((a, b) => a.sequence - b.sequence);
    },
    addRecordLinks: async (links) => {
      const transaction = database.transaction('audit', 'readwrite');
      const added = links.map((link) => transaction.store.add({ ...link, member: memberKey(link.study, link.site) }));
      await Promise.all([...added, transaction.done]);
    },
    forget: (study, site) => forget(database, memberKey(study, site)),
  };
}

async function put<Name extends 'keys' | 'certificates' | 'memberships' | 'records' | 'mappings' | 'policies' | 'signers' | 'persons'>(
  database: IDBPDatabase<Schema>,
  store: Name,
  value: Schema[Name]['value'],
  key: string,
): Promise<void> {
  const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.put(value, key), transaction.done]);
}

async function forget(database: IDBPDatabase<Schema>, member: string): Promise<void> {
  const key = (await database.get('memberships', member))?.key;
  const lists = database.transaction(['ledger', 'audit'], 'readwrite', { durability: 'strict' });
  for (const name of ['ledger', 'audit'] as const) {
    const list = lists.objectStore(name);
    for (const at of await list.index('member').getAllKeys(member)) await list.delete(at);
  }
  await lists.done;
  for (const name of ['signers', 'policies', 'mappings', 'records', 'memberships'] as const) await database.delete(name, member);
  const others = await database.getAll('memberships');
  if (key === undefined || others.some((entry) => entry.key === key)) return;
  await database.delete('certificates', key);
  await database.delete('keys', key);
}
