/** A coordinator that lies, one lie a test: the sites end with a named reason and hand over no share. */
import { toBase64 } from '@consilium/shared/crypto';
import type { Advert, CoordinatorSays, RejectionCode, SiteSays } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import {
  A,
  B,
  C,
  D,
  E,
  expectRefusal,
  lie,
  OTHER_HASH,
  play,
  SITES,
  signedAdvert,
  swap,
  TERMS,
  without,
  ZERO_KEY,
} from './coordinator-lies.ts';
import { exampleQuery, exampleTerms } from './example.ts';
import { openWorld, post, tell, type World } from './world.ts';

describe('lies about keys', () => {
  it.each<[string, RejectionCode, (adverts: Advert[]) => Advert[]]>([
    ['a swapped mask key', 'bad-signature', (list) => swap(list, C, (advert) => ({ ...advert, maskKey: list[3]!.maskKey }))],
    ['a swapped envelope key', 'bad-signature', (list) => swap(list, C, (advert) => ({ ...advert, envelopeKey: list[3]!.envelopeKey }))],
    ['an unsigned advert', 'bad-signature', (list) => swap(list, C, (advert) => ({ ...advert, signature: toBase64(new Uint8Array(64)) }))],
    ["an advert under another site's name", 'bad-signature', (list) => swap(list, C, () => ({ ...list[3]!, site: C }))],
    ['an advert of an older round', 'bad-signature', (list) => swap(list, C, (advert) => signedAdvert(advert, 6))],
    ['two adverts of one site', 'adverts-inconsistent', (list) => [...list, list[4]!]],
    [
      'two different adverts of one site',
      'adverts-inconsistent',
      (list) => [...list, signedAdvert({ ...list[4]!, selfSeedHash: OTHER_HASH })],
    ],
    ['a list out of order', 'adverts-inconsistent', (list) => [...list].reverse()],
    ['a site that is not on the roster', 'adverts-inconsistent', (list) => [...list, { ...list[4]!, site: 99 }]],
    ["a list without the reader's own advert", 'adverts-inconsistent', (list) => without(list, A)],
    [
      'an own advert of another page load',
      'adverts-inconsistent',
      (list) => swap(list, A, (own) => signedAdvert({ ...own, maskKey: list[1]!.maskKey })),
    ],
    ['too few adverts', 'below-minimum', (list) => list.slice(0, 2)],
    ['no adverts', 'adverts-inconsistent', () => []],
    [
      'another model shown to another site',
      'model-not-derived',
      (list) => swap(list, C, (advert) => signedAdvert({ ...advert, modelHash: OTHER_HASH })),
    ],
    [
      'another history',
      'wrong-transcript',
      (list) => swap(list, C, (advert) => signedAdvert({ ...advert, previousTranscript: OTHER_HASH })),
    ],
    ['a zero key for masks', 'zero-key', (list) => swap(list, C, (advert) => signedAdvert({ ...advert, maskKey: ZERO_KEY }))],
    ['a zero key for envelopes', 'zero-key', (list) => swap(list, C, (advert) => signedAdvert({ ...advert, envelopeKey: ZERO_KEY }))],
  ])('%s: %s', (_, code, change) => {
    expectRefusal(play(lie('adverts', ({ adverts }) => ({ adverts: change(adverts) }))), A, code, 'advertise-keys');
  });

  it('different lists shown to different sites: their signatures do not fit one context', () => {
    const world = play(lie('adverts', ({ adverts }) => ({ adverts: without(adverts, E) })));
    expect(world.effects).toContainEqual({ type: 'reject', to: A, round: 7, kind: 'share-keys', code: 'bad-share' });
    const envelopes = { protocol: 1, study: 'example', round: 7, kind: 'envelopes' } as const;
    const dealt = [B, C, D, E].map((from) => {
      const shares = world.sites.get(from)!.said.find((message) => message.kind === 'share-keys') as SiteSays<'share-keys'>;
      const { to: _, ...envelope } = shares.shares.find(({ to }) => to === A)!;
      return { from, ...envelope };
    });
    const victim = openWorld({ terms: TERMS, sites: SITES, cheat: lie('adverts', ({ adverts }) => ({ adverts: without(adverts, E) })) });
    for (const site of SITES) post(victim, site, 'advertise-keys');
    tell(victim, A, { type: 'message', message: { ...envelopes, sharers: [A, B, C, D], envelopes: dealt.slice(0, 3) } });
    expectRefusal(victim, A, 'bad-signature');
  });

  it('a frozen cohort that has not all advertised', () => {
    const cheat = lie('adverts', ({ adverts }) => ({ adverts: without(adverts, E) }));
    expectRefusal(play(cheat, { terms: exampleTerms(SITES, { query: exampleQuery({ cohort: SITES }) }) }), A, 'cohort-incomplete');
  });
});

describe('lies about shares', () => {
  type Change = (message: CoordinatorSays<'envelopes'>, world: World) => object;
  const other = (world: World, from: number, to: number) => {
    const { shares } = world.sites.get(from)!.said.find(({ kind }) => kind === 'share-keys') as SiteSays<'share-keys'>;
    const { to: _, ...envelope } = shares.find((share) => share.to === to)!;
    return { from, ...envelope };
  };
  it.each<[string, RejectionCode, Change]>([
    [
      'a changed envelope',
      'bad-signature',
      ({ envelopes }) => ({ envelopes: envelopes.map((envelope) => ({ ...envelope, sealed: envelopes[0]!.sealed })) }),
    ],
    [
      "a stranger's share",
      'bad-signature',
      ({ envelopes }, world) => ({ envelopes: [envelopes[0]!, other(world, C, D), ...envelopes.slice(2)] }),
    ],
    [
      'a changed commitment',
      'bad-signature',
      ({ envelopes }) => ({ envelopes: envelopes.map((envelope) => ({ ...envelope, maskKeyCommitment: OTHER_HASH })) }),
    ],
    ['a sharer without an envelope', 'sharers-inconsistent', ({ envelopes }) => ({ envelopes: envelopes.slice(1) })],
    ['an envelope of a site that is no sharer', 'sharers-inconsistent', ({ sharers }) => ({ sharers: sharers.slice(0, 4) })],
    ['sharers without the reader', 'sharers-inconsistent', ({ sharers }) => ({ sharers: sharers.slice(1) })],
    ['a sharer that never advertised', 'sharers-inconsistent', ({ sharers }) => ({ sharers: [...sharers, 99] })],
    ['a sharer named twice', 'sharers-inconsistent', ({ sharers }) => ({ sharers: [...sharers, E] })],
    [
      'fewer sharers than the threshold',
      'below-threshold',
      ({ sharers, envelopes }) => ({ sharers: sharers.slice(0, 3), envelopes: envelopes.slice(0, 2) }),
    ],
  ])('%s: %s', (_, code, change) => {
    expectRefusal(play(lie('envelopes', (message, _to, world) => change(message, world))), A, code, 'share-keys');
  });
});

describe('lies about contributors', () => {
  type Survivors = CoordinatorSays<'survivors'>['survivors'];
  it.each<[string, RejectionCode, (survivors: Survivors) => Survivors]>([
    ['another vector under a name', 'bad-signature', (list) => swap(list, C, (survivor) => ({ ...survivor, hash: OTHER_HASH }))],
    ['no signature', 'bad-signature', (list) => swap(list, C, (survivor) => ({ ...survivor, signature: toBase64(new Uint8Array(64)) }))],
    ['the reader left out', 'survivors-inconsistent', (list) => without(list, A)],
    [
      'another vector of the reader',
      'survivors-inconsistent',
      (list) => swap(list, A, (survivor) => ({ ...survivor, hash: list[1]!.hash })),
    ],
    ['a site named twice', 'survivors-inconsistent', (list) => [...list, list[4]!]],
    ['a site that did not share its keys', 'survivors-inconsistent', (list) => [...list, { ...list[4]!, site: 99 }]],
    ['fewer than the threshold', 'below-threshold', (list) => without(list, D, E)],
  ])('%s: %s', (_, code, change) => {
    expectRefusal(play(lie('survivors', ({ survivors }) => ({ survivors: change(survivors) }))), A, code, 'masked-vector');
  });

  it("fewer than the site's own minimum", () => {
    const cheat = lie('survivors', ({ survivors }) => ({ survivors: without(survivors, E) }));
    expectRefusal(play(cheat, { ownMinimum: 5 }), A, 'below-minimum', 'masked-vector');
  });

  it('a frozen cohort cut short', () => {
    const cheat = lie('survivors', ({ survivors }) => ({ survivors: without(survivors, E) }), SITES);
    const world = play(cheat, { terms: exampleTerms(SITES, { query: exampleQuery({ cohort: SITES }) }) });
    for (const site of [A, B, C, D]) expectRefusal(world, site, 'cohort-incomplete');
    expectRefusal(world, E, 'survivors-inconsistent');
  });

  it('two different lists shown to two halves: neither half reaches the threshold', () => {
    const cheat = lie('survivors', ({ survivors }) => ({ survivors: without(survivors, E) }), [A, B]);
    const world = openWorld({ terms: TERMS, sites: SITES, cheat });
    for (const kind of ['advertise-keys', 'share-keys', 'masked-vector'] as const) for (const site of SITES) post(world, site, kind);
    const signatures = SITES.map((site) => {
      const { signature } = world.sites.get(site)!.said.find(({ kind }) => kind === 'consistency') as SiteSays<'consistency'>;
      return { site, signature };
    });
    for (const site of SITES) {
      tell(world, site, { type: 'message', message: { protocol: 1, study: 'example', round: 7, kind: 'agreement', signatures } });
      expectRefusal(world, site, 'survivors-inconsistent');
    }
  });

  it.each<[string, (signatures: CoordinatorSays<'agreement'>['signatures']) => object[]]>([
    ['fewer signatures than the threshold', (list) => list.slice(0, 3)],
    ['one signature many times', (list) => list.map(() => list[0]!)],
    ["one site's signature under other names", (list) => list.map(({ site }) => ({ site, signature: list[0]!.signature }))],
    ['no signatures', () => []],
  ])('%s: survivors-inconsistent', (_, change) => {
    expectRefusal(
      play(lie('agreement', ({ signatures }) => ({ signatures: change(signatures) }))),
      A,
      'survivors-inconsistent',
      'consistency',
    );
  });

  it.each(['adverts', 'envelopes', 'survivors'] as const)('a second, different %s list after the first', (kind) => {
    const shorter = { adverts: 'adverts', envelopes: 'sharers', survivors: 'survivors' } as const;
    const cheat = lie(kind, (message) => {
      const list = (message as unknown as Record<string, unknown[]>)[shorter[kind]]!;
      return [message, { ...message, [shorter[kind]]: list.slice(0, -1) }];
    });
    expectRefusal(play(cheat), A, 'conflict');
  });
});
