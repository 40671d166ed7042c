/**
 * The context of a round: one hash over everything the sites of a round must agree on. It salts every pair seed and is part
 * of every signature from R1 on, so sites that were shown different things get masks that do not cancel.
 *
 * Source: docs/protocol.md, "Context".
 */
import { fromBase64, lengthPrefixed, sha256, toHex } from '../crypto/index.ts';
import { rosterHash } from '../identity/index.ts';
import type { Advert } from './coordinator-messages.ts';
import { queryHash } from './query.ts';
import type { RoundTerms, Thresholds } from './terms.ts';

/**
 * Computes the context from a site's own terms and the adverts it verified.
 *
 * @param input.adverts - By rising roster index; positions in this list + 1 are the x of the shares.
 * @param input.limits - From `roundThresholds` for this number of adverts.
 * @returns 32 bytes.
 */
export function roundContext(input: {
  readonly terms: RoundTerms;
  readonly adverts: readonly Advert[];
  readonly limits: Thresholds;
}): Uint8Array {
  const { terms, adverts, limits } = input;
  const { query } = terms;
  const parts: (Uint8Array | string | number)[] = ['consilium round 1', terms.study, terms.planHash, rosterHash(terms.roster), terms.round];
  parts.push(query.kind, queryHash({ query, planHash: terms.planHash, modelHash: terms.modelHash }), terms.modelHash);
  parts.push(query.layout.header, query.layout.body, query.layout.bits, float64Bytes([query.step]), float64Bytes(query.clips));
  parts.push(query.cohort === null ? 'any cohort' : lengthPrefixed(query.cohort));
  parts.push(limits.threshold, terms.colluders, limits.minimum, terms.previousTranscript, adverts.length);
  for (const advert of adverts) parts.push(...advertFields(advert), fromBase64(advert.signature));
  return sha256(lengthPrefixed(parts));
}

/** The fields of an advert in the order in which they are signed and hashed. */
export function advertFields(advert: Omit<Advert, 'signature'>): (Uint8Array | string | number)[] {
  const { site, envelopeKey, maskKey, selfSeedHash, modelHash, previousTranscript } = advert;
  return [site, fromBase64(envelopeKey), fromBase64(maskKey), selfSeedHash, modelHash, previousTranscript];
}

/**
 * Names a cohort of sites, whatever vectors they sent.
 *
 * @param sites - Roster indices by rising index.
 * @returns 64 hex digits.
 */
export function cohortHash(sites: readonly number[]): string {
  return toHex(sha256(lengthPrefixed(['consilium cohort 1', ...sites])));
}

function float64Bytes(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, index) => {
    view.setFloat64(8 * index, value);
  });
  return new Uint8Array(view.buffer);
}
