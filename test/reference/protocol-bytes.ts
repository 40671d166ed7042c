/**
 * The slow twin of what the protocol hashes and signs: written from docs/protocol.md with Node's Buffer and crypto, sharing no
 * code with the product. Every function takes plain values and returns hex.
 */
import { createHash } from 'node:crypto';

type Part = Buffer | string | number;

/** Each part as 4 bytes of length and the bytes; texts in UTF-8, numbers as 8 bytes, all big-endian. */
export function prefixed(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = [];
  for (const part of parts) {
    let bytes: Buffer;
    if (typeof part === 'number') {
      bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(BigInt(part));
    } else bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    pieces.push(length, bytes);
  }
  return Buffer.concat(pieces);
}

export const sha = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const base64 = (text: string): Buffer => Buffer.from(text, 'base64');

function doubles(values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(8 * values.length);
  for (const [i, value] of values.entries()) buffer.writeDoubleBE(value, 8 * i);
  return buffer;
}

export interface TwinRoster {
  version: number;
  previous: string;
  study: string;
  sites: readonly { index: number; id: string; name: string; rootKey: string }[];
  coordinatorKey: string;
  policy: { minimum: number };
}

export function twinRosterHash(roster: TwinRoster): string {
  const sites: Part[] = [];
  for (const site of roster.sites) sites.push(site.index, site.id, site.name, base64(site.rootKey));
  const head: Part[] = ['consilium roster 1', roster.version, roster.previous, roster.study, roster.sites.length];
  return sha(prefixed([...head, ...sites, base64(roster.coordinatorKey), roster.policy.minimum])).toString('hex');
}

export interface TwinAdvert {
  site: number;
  envelopeKey: string;
  maskKey: string;
  selfSeedHash: string;
  modelHash: string;
  previousTranscript: string;
  signature: string;
}

export const twinAdvert = (advert: TwinAdvert): Part[] => [
  advert.site,
  base64(advert.envelopeKey),
  base64(advert.maskKey),
  advert.selfSeedHash,
  advert.modelHash,
  advert.previousTranscript,
];

/** `options` is the canonical JSON text. */
export const twinQueryHash = (kind: string, plan: string, model: string, options: string): string =>
  sha(prefixed(['consilium query 1', kind, plan, model, options])).toString('hex');

export function twinContext(given: {
  study: string;
  plan: string;
  roster: string;
  round: number;
  kind: string;
  query: string;
  model: string;
  header: number;
  body: number;
  bits: number;
  step: number;
  clips: readonly number[];
  cohort: readonly number[] | null;
  threshold: number;
  colluders: number;
  minimum: number;
  previous: string;
  adverts: readonly TwinAdvert[];
}): Buffer {
  const parts: Part[] = ['consilium round 1', given.study, given.plan, given.roster, given.round, given.kind, given.query, given.model];
  parts.push(given.header, given.body, given.bits, doubles([given.step]), doubles(given.clips));
  parts.push(given.cohort === null ? 'any cohort' : prefixed(given.cohort));
  parts.push(given.threshold, given.colluders, given.minimum, given.previous, given.adverts.length);
  for (const advert of given.adverts) parts.push(...twinAdvert(advert), base64(advert.signature));
  return sha(prefixed(parts));
}

export const twinPrefix = (study: string, roster: string, round: number, phase: string, site: number | string): Part[] => [
  'consilium signature 1',
  1,
  study,
  roster,
  round,
  phase,
  site,
];

export const twinSharers = (sites: readonly number[]): Buffer => sha(prefixed(['consilium sharers 1', ...sites]));

export function twinSurvivors(list: readonly { site: number; hash: string; signature: string }[]): Buffer {
  const parts: Part[] = ['consilium survivors 1'];
  for (const { site, hash, signature } of list) parts.push(site, hash, base64(signature));
  return sha(prefixed(parts));
}

export function twinShares(list: readonly { of: number; share: string }[]): Buffer {
  const parts: Part[] = [];
  for (const { of, share } of list) parts.push(of, base64(share));
  return prefixed(parts);
}
