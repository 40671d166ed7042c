/**
 * Catching up: a site that missed rounds believes a model only if at least t sites (of a small frozen cohort all others) signed, in this
 * round's adverts, that they hold it.
 *
 * Source: docs/protocol.md, "The model is derived".
 */
import { fromBase64 } from '../crypto/index.ts';
import type { Advert } from './coordinator-messages.ts';
import { advertBytes } from './signed-bytes.ts';
import { type RoundTerms, roundThresholds, type Verify } from './terms.ts';

/**
 * Whether a site's advert is signed by the device that its roster key certified.
 */
export function isAdvertSigned(terms: RoundTerms, advert: Advert, verify: Verify): boolean {
  const key = terms.keys.get(advert.site);
  if (key === undefined) return false;
  return verify(fromBase64(key), advertBytes({ roster: terms.roster, round: terms.round }, advert), fromBase64(advert.signature));
}

/**
 * Whether enough distinct sites of the roster vouch for the terms' model and previous transcript.
 *
 * @param input.terms - With the model hash and previous transcript that the catching-up site was offered.
 * @param input.adverts - As received in `catch-up`.
 * @returns True if at least `vouchersNeeded` valid adverts of distinct sites name exactly these two hashes.
 */
export function isModelVouchedFor(input: {
  readonly terms: RoundTerms;
  readonly adverts: readonly Advert[];
  readonly verify: Verify;
}): boolean {
  const { terms, adverts, verify } = input;
  const vouching = adverts.filter(
    (advert) =>
      advert.modelHash === terms.modelHash &&
      advert.previousTranscript === terms.previousTranscript &&
      isAdvertSigned(terms, advert, verify),
  );
  return new Set(vouching.map(({ site }) => site)).size >= vouchersNeeded(terms);
}

/**
 * Sites that must vouch: the threshold of a round with the whole roster; where fewer can, because the asking site is one of them or the
 * query's cohort is frozen, all others of the cohort. Never fewer than c + 1, so that one of them is honest: the query is not yet this
 * site's own, and a coordinator could name a cohort of its friends.
 */
export function vouchersNeeded(terms: RoundTerms): number {
  const all = terms.roster.sites.length;
  const members = terms.query.cohort?.length ?? all;
  return Math.max(terms.colluders + 1, Math.min(roundThresholds(terms, all).threshold, members - 1));
}
