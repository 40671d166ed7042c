/**
 * The slow twin of what root keys sign and of the words of a roster: written from docs/protocol.md with Node's Buffer and crypto, sharing no
 * code with the product. The word list is read from the package, as data.
 */
import { pbkdf2Sync } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { prefixed } from './protocol-bytes.ts';

const base64 = (text: string): Buffer => Buffer.from(text, 'base64');

export function twinCertificate(given: {
  kind: string;
  study: string;
  rootKey: string;
  key: string;
  role?: string;
  name?: string;
  issuedAt: number;
  expiresAt: number;
}): Buffer {
  const { kind, study, rootKey, key, role = '', name = '', issuedAt, expiresAt } = given;
  return prefixed(['consilium certificate 1', kind, study, base64(rootKey), base64(key), role, name, issuedAt, expiresAt]);
}

export const twinSuspension = (given: { study: string; rootKey: string; key: string; by: string }): Buffer =>
  prefixed(['consilium suspension 1', given.study, base64(given.rootKey), base64(given.key), given.by]);

export const twinSuccession = (given: { study: string; version: number; current: string; next: string; site: number }): Buffer =>
  prefixed(['consilium roster succession 1', given.study, given.version, given.current, given.next, given.site]);

/** Twelve words from the roster's canonical bytes, by way of one large integer. */
export function twinWords(rosterBytes: Uint8Array): string[] {
  const bytes = pbkdf2Sync(rosterBytes, 'consilium roster words 1', 2 ** 20, 17, 'sha256');
  let number = BigInt(`0x${bytes.toString('hex')}`) >> 4n; // 136 bits down to 132
  const words: string[] = [];
  for (let i = 0; i < 12; i++) {
    words.unshift(wordlist[Number(number & 2047n)]!);
    number >>= 11n;
  }
  return words;
}
