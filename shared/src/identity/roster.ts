/**
 * The roster: who takes part, with which keys, under which policy. Its hash is part of every signature.
 *
 * Rules: site indices rise strictly; ids and keys are distinct; version 1 has no predecessor (64 zeros). It names root keys; the
 * devices that sign rounds are certified by them (`credentials.ts`), so that a renewed device is no new roster. People who sign plans are listed
 * here with their certificates: another person is another roster.
 * Source: docs/protocol.md, "Roster".
 */
import * as z from 'zod';
import { fromBase64, lengthPrefixed, sha256, toHex } from '../crypto/index.ts';
import { certificateBytes, type PersonCertificate, personCertificateSchema } from './certificate.ts';
import { bytes32, hash, identifier, MAX_SITES, personName, siteIndex } from './fields.ts';

export interface RosterEntry {
  /** Position, fixed for the life of the study; need not be dense. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  /** The site's root key: Ed25519, base64 of 32 bytes. It certifies the devices that sign rounds. */
  readonly rootKey: string;
  /** The two people who sign its plans, where it has declared that two sign; otherwise its device does. */
  readonly signers?: readonly PersonCertificate[] | undefined;
}

export interface Roster {
  readonly version: number;
  /** Hash of the preceding version, hex; 64 zeros for the first. */
  readonly previous: string;
  readonly study: string;
  readonly sites: readonly RosterEntry[];
  /** Ed25519 public key of the coordinator, base64 of 32 bytes. */
  readonly coordinatorKey: string;
  /** Fewest contributors to any sum. */
  readonly policy: { readonly minimum: number };
}

/** `previous` of a first roster, and the previous transcript of a first round. */
export const NO_HASH = '0'.repeat(64);

const entry = z
  .strictObject({
    index: siteIndex,
    id: identifier,
    name: personName,
    rootKey: bytes32,
    signers: z.array(personCertificateSchema).length(2).optional(),
  })
  .refine(({ rootKey, signers = [] }) => signers.every((person) => person.rootKey === rootKey), 'people must be the hospital’s own');

/** No key stands for two: not for two people, nor for a person and a hospital. */
const areKeysDistinct = (sites: readonly RosterEntry[]): boolean => {
  const keys = sites.flatMap(({ rootKey, signers = [] }) => [rootKey, ...signers.map(({ key }) => key)]);
  return new Set(keys).size === keys.length;
};

/** Schema of a roster as it travels. */
export const rosterSchema: z.ZodType<Roster> = z
  .strictObject({
    version: z.int().min(1).max(1_000_000),
    previous: hash,
    study: identifier,
    sites: z.array(entry).min(1).max(MAX_SITES),
    coordinatorKey: bytes32,
    policy: z.strictObject({ minimum: z.int().min(1).max(MAX_SITES) }),
  })
  .refine(({ sites }) => sites.every((site, i) => i === 0 || site.index > sites[i - 1]!.index), 'indices must rise')
  .refine(({ sites }) => new Set(sites.map((site) => site.id)).size === sites.length, 'ids must be distinct')
  .refine(({ sites }) => areKeysDistinct(sites), 'keys must be distinct');

/**
 * The one binary form of a roster that is hashed.
 *
 * @param roster - A roster that satisfies the schema.
 * @returns Length-prefixed fields in the order of the interface; people who sign at the end, so that a roster without any keeps its bytes.
 */
export function rosterBytes(roster: Roster): Uint8Array {
  return lengthPrefixed([
    'consilium roster 1',
    roster.version,
    roster.previous,
    roster.study,
    roster.sites.length,
    ...roster.sites.flatMap((site) => [site.index, site.id, site.name, fromBase64(site.rootKey)]),
    fromBase64(roster.coordinatorKey),
    roster.policy.minimum,
    ...roster.sites.flatMap(({ index, signers }) =>
      signers === undefined ? [] : ['people', index, signers.length, ...signers.flatMap(signerParts)],
    ),
  ]);
}

const signerParts = (person: PersonCertificate): Uint8Array[] => [certificateBytes(person), fromBase64(person.signature)];

/**
 * SHA-256 of a roster's canonical bytes.
 *
 * @returns 64 hex digits.
 */
export function rosterHash(roster: Roster): string {
  const known = HASHES.get(roster);
  if (known !== undefined) return known;
  const hash = toHex(sha256(rosterBytes(roster)));
  HASHES.set(roster, hash);
  return hash;
}

/** Every signature of a round names the roster; a roster is never changed, so its hash is computed once. */
const HASHES = new WeakMap<Roster, string>();

/**
 * The entry with a given roster index, or undefined.
 */
export function rosterEntry(roster: Roster, index: number): RosterEntry | undefined {
  return roster.sites.find((site) => site.index === index);
}
