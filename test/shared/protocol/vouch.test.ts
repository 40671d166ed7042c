import { type Advert, isModelVouchedFor, type SiteSays, toAdvert } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { exampleQuery, exampleSites, exampleTerms } from './example.ts';
import { verifySignature } from './signatures.ts';
import { openWorld } from './world.ts';

const advertsOf = (count: number, change = {}): Advert[] => {
  const world = openWorld({ terms: exampleTerms(exampleSites(count), change), sites: exampleSites(count) });
  return [...world.sites.values()].map(({ said }) => toAdvert(said[0] as SiteSays<'advertise-keys'>));
};
const isVouched = (count: number, adverts: readonly Advert[], change = {}) =>
  isModelVouchedFor({ terms: exampleTerms(exampleSites(count), change), adverts, verify: verifySignature });

describe('a model that was not derived', () => {
  const adverts = advertsOf(5);

  it('is believed on the word of the threshold of sites, four of five', () => {
    expect(isVouched(5, adverts)).toBe(true);
    expect(isVouched(5, adverts.slice(0, 4))).toBe(true);
    expect(isVouched(5, adverts.slice(0, 3))).toBe(false);
    expect(isVouched(5, [])).toBe(false);
  });

  it('is believed on the word of all others where the threshold is everyone', () => {
    const three = advertsOf(3);
    expect(isVouched(3, three.slice(0, 2))).toBe(true);
    expect(isVouched(3, three.slice(0, 1))).toBe(false);
  });

  it('is believed on the word of all others of a frozen cohort, and never on that of as many as may work together', () => {
    const frozen = (count: number, colluders = 1) => ({ query: exampleQuery({ cohort: exampleSites(count) }), colluders });
    expect(isVouched(5, adverts.slice(0, 3), frozen(4))).toBe(true);
    expect(isVouched(5, adverts.slice(0, 2), frozen(4))).toBe(false);
    // The cohort is the coordinator's word: a small one does not lower the number of honest words.
    expect(isVouched(5, adverts.slice(0, 1), frozen(1))).toBe(false);
    expect(isVouched(5, adverts.slice(0, 2), frozen(1))).toBe(true);
    expect(isVouched(5, adverts.slice(0, 2), frozen(2, 2))).toBe(false);
  });

  it('is not believed on one word repeated, on forged words, or on words about something else', () => {
    const first = adverts[0]!;
    expect(isVouched(5, [first, first, first, first])).toBe(false);
    expect(
      isVouched(
        5,
        adverts.map((advert) => ({ ...advert, signature: first.signature })),
      ),
    ).toBe(false);
    expect(
      isVouched(
        5,
        adverts.map((advert, i) => ({ ...advert, site: [99, 101, 103, 105, 107][i]! })),
      ),
    ).toBe(false);
    expect(isVouched(5, adverts, { modelHash: 'ee'.repeat(32) })).toBe(false);
    expect(isVouched(5, adverts, { previousTranscript: 'ee'.repeat(32) })).toBe(false);
    expect(isVouched(5, adverts, { round: 8 })).toBe(false);
  });
});
