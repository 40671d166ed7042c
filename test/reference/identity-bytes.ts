/**
 * The slow twin of what root keys sign and of the words of a roster: written from docs/protocol.md with Node's Buffer and crypto, sharing no
 * code with the product. The word list is read from the package, as data.
 */
import { pbkdf2Sync } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { prefixed, type TwinRoster } from './protocol-bytes.ts';

const base64 = (text: string): Buffer => Buffer.from(text, 'base64');

interface Certificate {
  kind: string;
  study: string;
  rootKey: string;
  key: string;
  role?: string;
  name?: string;
  issuedAt: number;
  expiresAt: number;
}

export function twinCertificate(given: Certificate): Buffer {
  const { kind, study, rootKey, key, role = '', name = '', issuedAt, expiresAt } = given;
  return prefixed(['consilium certificate 1', kind, study, base64(rootKey), base64(key), role, name, issuedAt, expiresAt]);
}

export const twinSuspension = (given: { study: string; rootKey: string; key: string; by: string }): Buffer =>
  prefixed(['consilium suspension 1', given.study, base64(given.rootKey), base64(given.key), given.by]);

export const twinSuccession = (given: { study: string; version: number; current: string; next: string; site: number }): Buffer =>
  prefixed(['consilium roster succession 1', given.study, given.version, given.current, given.next, given.site]);

/** A roster whose hospitals may have declared people; their certificates come last. */
export function twinRoster(
  roster: TwinRoster & {
    readonly sites: readonly { index: number; signers?: readonly (Certificate & { signature: string })[] | undefined }[];
  },
): Buffer {
  const parts: (Buffer | string | number)[] = ['consilium roster 1', roster.version, roster.previous, roster.study, roster.sites.length];
  for (const site of roster.sites) parts.push(site.index, site.id, site.name, base64(site.rootKey));
  parts.push(base64(roster.coordinatorKey), roster.policy.minimum);
  for (const { index, signers } of roster.sites) {
    if (signers === undefined) continue;
    parts.push('people', index, signers.length);
    for (const person of signers) parts.push(twinCertificate(person), base64(person.signature));
  }
  return prefixed(parts);
}

/** Twelve words from the roster's canonical bytes. */
export const twinWords = (rosterBytes: Uint8Array): string[] => words(rosterBytes, 'consilium roster words 1', 12);

/** Six words from a person's key, name and role. */
export const twinPersonWords = (person: { study: string; key: string; role: string; name: string }): string[] =>
  words(prefixed(['consilium person 1', person.study, base64(person.key), person.role, person.name]), 'consilium person words 1', 6);

/** By way of one large integer. */
function words(secret: Uint8Array, salt: string, count: number): string[] {
  const length = Math.ceil((count * 11) / 8);
  const bytes = pbkdf2Sync(secret, salt, 2 ** 20, length, 'sha256');
  let number = BigInt(`0x${bytes.toString('hex')}`) >> BigInt(8 * length - 11 * count);
  const found: string[] = [];
  for (let i = 0; i < count; i++) {
    found.unshift(wordlist[Number(number & 2047n)]!);
    number >>= 11n;
  }
  return found;
}
