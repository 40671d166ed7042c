/**
 * Opening and checking a round's sum. The coordinator's runner computes it here; every site checks it here.
 *
 * Rules: a reconstructed seed must have the hash, and a reconstructed key the public key, that its site advertised; the sum of
 * a vector of at most `FULL_CHECK_LENGTH` entries is recomputed from all masked vectors.
 * Source: docs/protocol.md, "The sum is checked too".
 */
import { fromBase64, fromHex, sha256, toHex, x25519KeyPair } from '../crypto/index.ts';
import { dropoutMasks, type EncodedVector, type Layout, packVector, survivorMasks, unmaskSum, unpackVector } from '../secagg/index.ts';
import type { Advert, CoordinatorSays, Survivor } from './coordinator-messages.ts';
import type { RejectionCode } from './rejections.ts';
import { transcriptHash } from './transcript.ts';

/** Entries (header + body) up to which every site recomputes the whole sum. */
export const FULL_CHECK_LENGTH = 10_000;

/** What opens a sum; plain text, so that it can be logged and replayed. */
export interface RoundMasks {
  /** Hex. */
  readonly context: string;
  readonly adverts: readonly Advert[];
  /** Of every contributor, by rising index; seeds in base64. */
  readonly selfSeeds: readonly { readonly site: number; readonly seed: string }[];
  /** Of every site that shared keys and did not contribute; secrets in base64. */
  readonly dropped: readonly { readonly site: number; readonly secret: string }[];
}

/**
 * Adds up masked vectors and takes the masks off.
 *
 * @param masked - Packed masked vectors of exactly the sites in `masks.selfSeeds`, any order.
 * @returns The sum in its rings.
 * @throws RangeError on a vector of another length.
 */
export function roundSum(layout: Layout, masked: Iterable<Uint8Array>, masks: RoundMasks): EncodedVector {
  const contributors = new Set(masks.selfSeeds.map(({ site }) => site));
  const survivors = masks.adverts
    .filter(({ site }) => contributors.has(site))
    .map((advert) => ({ index: advert.site, publicKey: fromBase64(advert.maskKey) }));
  const context = fromHex(masks.context);
  return unmaskSum(layout, masked, [
    ...survivorMasks(masks.selfSeeds.map(({ seed }) => fromBase64(seed))),
    ...masks.dropped.flatMap(({ site, secret }) => dropoutMasks({ index: site, maskSecret: fromBase64(secret), context, survivors })),
  ]);
}

/** Whether a reconstructed self seed is the one that was advertised. */
export function fitsSelfSeed(advert: Advert, seed: Uint8Array): boolean {
  return toHex(sha256(seed)) === advert.selfSeedHash;
}

/** Whether a reconstructed mask secret belongs to the advertised key. */
export function fitsMaskKey(advert: Advert, secret: Uint8Array): boolean {
  const { publicKey } = x25519KeyPair(secret);
  return publicKey.every((byte, i) => byte === fromBase64(advert.maskKey)[i]);
}

/** What a site knows when a sum is published. */
export interface SumToCheck {
  readonly layout: Layout;
  readonly context: Uint8Array;
  readonly adverts: readonly Advert[];
  readonly sharers: readonly number[];
  readonly survivors: readonly Survivor[];
  readonly released: CoordinatorSays<'released'>;
}

/** Blobs a site needs to check a published sum: the sum, and up to `FULL_CHECK_LENGTH` entries also every masked vector. */
export function blobsToCheck({ layout, survivors, released }: SumToCheck): string[] {
  const vectors = layout.header + layout.body <= FULL_CHECK_LENGTH ? survivors.map(({ hash }) => hash) : [];
  return [...new Set([released.sum, ...vectors])];
}

/**
 * Checks what can be checked before any blob is there: the lists, every reconstruction, the transcript.
 *
 * @returns Null if all is well, else the reason.
 */
export function checkRelease({ context, adverts, sharers, survivors, released }: SumToCheck): RejectionCode | null {
  const contributing = survivors.map(({ site }) => site);
  const dropped = sharers.filter((site) => !contributing.includes(site));
  if (!sameList(released.selfSeeds, contributing) || !sameList(released.maskKeys, dropped)) return 'survivors-inconsistent';
  const advertOf = new Map(adverts.map((advert) => [advert.site, advert]));
  const seedsFit = released.selfSeeds.every(({ site, seed }) => fitsSelfSeed(advertOf.get(site)!, fromBase64(seed)));
  const keysFit = released.maskKeys.every(({ site, secret }) => fitsMaskKey(advertOf.get(site)!, fromBase64(secret)));
  if (!seedsFit || !keysFit) return 'bad-reconstruction';
  return released.transcript === transcriptHash({ context, sharers, survivors, sum: released.sum }) ? null : 'sum-mismatch';
}

export type CheckedSum =
  | { readonly ok: true; readonly sum: EncodedVector; readonly recomputed: boolean }
  | { readonly ok: false; readonly code: RejectionCode };

/**
 * Checks the published sum against the blobs.
 *
 * @param blobs - By claimed hash; what is missing or has another hash is noticed here.
 */
export function checkSum(check: SumToCheck, blobs: ReadonlyMap<string, Uint8Array>): CheckedSum {
  const { layout, survivors, released } = check;
  const wanted = blobsToCheck(check);
  if (wanted.some((hash) => !blobs.has(hash))) return { ok: false, code: 'blob-missing' };
  if (wanted.some((hash) => toHex(sha256(blobs.get(hash)!)) !== hash)) return { ok: false, code: 'sum-mismatch' };
  const recomputed = layout.header + layout.body <= FULL_CHECK_LENGTH;
  try {
    const sum = unpackVector(blobs.get(released.sum)!, layout);
    if (!recomputed) return { ok: true, sum, recomputed };
    const masks = { context: toHex(check.context), adverts: check.adverts, selfSeeds: released.selfSeeds, dropped: released.maskKeys };
    const own = roundSum(
      layout,
      survivors.map(({ hash }) => blobs.get(hash)!),
      masks,
    );
    return toHex(sha256(packVector(own, layout))) === released.sum ? { ok: true, sum, recomputed } : { ok: false, code: 'sum-mismatch' };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, code: 'wrong-size' };
    throw error;
  }
}

function sameList(entries: readonly { readonly site: number }[], sites: readonly number[]): boolean {
  return entries.length === sites.length && entries.every(({ site }, i) => site === sites[i]);
}
