/** A coordinator that lies, one lie a test: the sites end with a named reason and hand over no share. */
import { toBase64, toHex } from '@consilium/shared/crypto';
import {
  type Advert,
  type AnsweredQuery,
  advertBytes,
  type CoordinatorMessage,
  type CoordinatorMessageKind,
  type CoordinatorSays,
  cohortHash,
  type RejectionCode,
  type SiteSays,
} from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { exampleQuery, exampleSites, exampleTerms, siteKey } from './example.ts';
import { type Cheat, enter, finishWork, happen, openWorld, post, type Setting, settle, tell, type World } from './world.ts';

const SITES = exampleSites(5);
const [A, B, C, D, E] = SITES as [number, number, number, number, number];
const TERMS = exampleTerms(SITES);

/** Changes one kind of message, for the victims only. */
function lie<Kind extends CoordinatorMessageKind>(
  kind: Kind,
  change: (message: CoordinatorSays<Kind>, to: number, world: World) => object | readonly object[],
  victims: readonly number[] = [A],
): Cheat {
  return {
    toSite: (to, message, world) => {
      if (message.kind !== kind || !victims.includes(to)) return [message];
      const changed = change(message as CoordinatorSays<Kind>, to, world);
      return (Array.isArray(changed) ? changed : [{ ...message, ...changed }]) as CoordinatorMessage[];
    },
  };
}

function play(cheat: Cheat, change: Partial<Setting> = {}): World {
  const world = openWorld({ terms: TERMS, sites: SITES, cheat, ...change });
  settle(world);
  return world;
}

const SAYINGS = ['advertise-keys', 'share-keys', 'masked-vector', 'consistency'] as const;

/** The site ended by itself, by this code, and the last thing it had said before was the given one. */
function expectRefusal(world: World, site: number, code: RejectionCode, lastSaid?: (typeof SAYINGS)[number]) {
  const { outcome, said, state } = world.sites.get(site)!;
  expect(outcome).toEqual({ kind: 'refused', code });
  const kinds = said.map(({ kind }) => kind);
  expect(kinds).not.toContain('unmask');
  if (lastSaid !== undefined) expect(kinds).toEqual([...SAYINGS.slice(0, SAYINGS.indexOf(lastSaid) + 1), 'refuse']);
  expect(Object.keys(state).sort()).toEqual(['index', 'lastRound', 'outcome', 'phase']); // no secret is kept
}

const swap = <Item extends { site: number }>(list: readonly Item[], site: number, change: (item: Item) => Item): Item[] =>
  list.map((item) => (item.site === site ? change(item) : item));
const without = <Item extends { site: number }>(list: readonly Item[], ...sites: number[]) =>
  list.filter(({ site }) => !sites.includes(site));
const signedAdvert = (advert: Advert, round = TERMS.round): Advert => ({
  ...advert,
  signature: toBase64(siteKey(advert.site).sign(advertBytes({ roster: TERMS.roster, round }, advert))),
});
const ZERO_KEY = toBase64(new Uint8Array(32));
const OTHER_HASH = 'ee'.repeat(32);

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

describe('lies about time', () => {
  it('a round number that was used before', () => {
    const world = openWorld({ terms: TERMS, sites: SITES, lastRound: 7 });
    for (const site of SITES) {
      expect(world.sites.get(site)!.outcome).toEqual({ kind: 'refused', code: 'stale-round' });
      expect(world.sites.get(site)!.diary).toEqual(['send', 'say refuse', 'refused']);
    }
  });

  it('an older round replayed to a site in a newer one changes nothing', () => {
    const older = play({});
    const world = openWorld({ terms: exampleTerms(SITES, { round: 8 }), sites: SITES });
    const before = world.sites.get(A)!.state;
    for (const effect of older.effects)
      if (effect.type === 'send' && effect.to === A) tell(world, A, { type: 'message', message: effect.message });
    expect(world.sites.get(A)!.state).toEqual(before);
  });

  it('the same round opened again does not touch the open one, and after it nothing is signed again', () => {
    const world = openWorld({ terms: TERMS, sites: SITES });
    const before = world.sites.get(A)!.state;
    enter(world, A);
    expect(world.sites.get(A)!.state).toBe(before);
    settle(world);
    const { diary } = world.sites.get(A)!;
    const signed = diary.filter((line) => line.startsWith('sign')).length;
    enter(world, A);
    expect(diary.filter((line) => line.startsWith('sign'))).toHaveLength(signed);
    expect(world.sites.get(A)!.outcome).toEqual({ kind: 'refused', code: 'stale-round' });
  });
});

describe('one query, two cohorts', () => {
  const storedQueries = (world: World, site: number): AnsweredQuery[] =>
    world.sites
      .get(site)!
      .stored.flatMap((record) => (record.kind === 'query' ? [{ query: record.query, survivors: record.survivors }] : []));

  it('is refused even when the first attempt is said to have ended without a sum', () => {
    const first = openWorld({ terms: TERMS, sites: SITES, slow: [E] });
    settle(first);
    happen(first, { type: 'deadline', phase: 'masking' });
    happen(first, { type: 'cancel' });
    expect(first.sites.get(A)!.outcome).toEqual({ kind: 'refused', code: 'cancelled' });
    const answered = storedQueries(first, A);
    expect(answered).toMatchObject([{ survivors: cohortHash([A, B, C, D]) }]);

    const second = openWorld({
      terms: exampleTerms(SITES, { round: 8, query: exampleQuery({ label: 'a new one' }) }),
      sites: SITES,
      answered,
      lastRound: 7,
    });
    settle(second);
    for (const site of SITES) expectRefusal(second, site, 'query-conflict');
  });

  it('is allowed over the same contributors, and another query over others', () => {
    const first = play({});
    const answered = storedQueries(first, A);
    const again = play({}, { terms: exampleTerms(SITES, { round: 8 }), answered, lastRound: 7 });
    expect(again.round.phase).toBe('released');
    const other = openWorld({
      terms: exampleTerms(SITES, { round: 8, modelHash: OTHER_HASH }),
      sites: SITES,
      answered,
      slow: [E],
      lastRound: 7,
    });
    settle(other);
    happen(other, { type: 'deadline', phase: 'masking' });
    settle(other);
    expect(other.round.phase).toBe('released');
  });
});

describe('lies about the sum', () => {
  const expectNoSum = (world: World, code: RejectionCode, site = A) =>
    expect(world.sites.get(site)!.outcome).toEqual({ kind: 'refused', code });

  it('a changed sum is noticed by every site', () => {
    const world = play({
      sum: ({ header, body }) => ({ header, body: body.map((entry, i) => (i === 0 ? (entry + 1) % 2 ** 24 : entry)) }),
    });
    for (const site of SITES) expectNoSum(world, 'sum-mismatch', site);
  });

  it.each<[string, RejectionCode, (message: CoordinatorSays<'released'>) => object]>([
    ['another transcript', 'sum-mismatch', () => ({ transcript: OTHER_HASH })],
    ['another length', 'wrong-size', () => ({ sumSizeBytes: 1 })],
    ['a wrong seed', 'bad-reconstruction', ({ selfSeeds }) => ({ selfSeeds: swap(selfSeeds, C, (seed) => ({ ...seed, seed: ZERO_KEY })) })],
    ['a seed left out', 'survivors-inconsistent', ({ selfSeeds }) => ({ selfSeeds: without(selfSeeds, C) })],
    ['a contributor that is also opened as dropped', 'survivors-inconsistent', () => ({ maskKeys: [{ site: C, secret: ZERO_KEY }] })],
  ])('%s: %s', (_, code, change) => {
    expectNoSum(play(lie('released', change)), code);
  });

  it('a wrong key of a dropped site', () => {
    const cheat = lie('released', () => ({ maskKeys: [{ site: E, secret: toBase64(new Uint8Array(32).fill(9)) }] }));
    const world = openWorld({ terms: TERMS, sites: SITES, slow: [E], cheat });
    settle(world);
    happen(world, { type: 'deadline', phase: 'masking' });
    settle(world);
    expectNoSum(world, 'bad-reconstruction');
  });

  it('masked vectors that cannot be had', () => {
    const cheat = lie('released', (message, _, { blobs }) => {
      blobs.clear();
      return message;
    });
    const world = openWorld({ terms: TERMS, sites: SITES, cheat });
    settle(world);
    expectNoSum(world, 'blob-missing');
  });
});

describe('what a site hands over', () => {
  it('is one kind of share for each sharer, never both', () => {
    const world = openWorld({ terms: TERMS, sites: SITES, slow: [E] });
    settle(world);
    happen(world, { type: 'deadline', phase: 'masking' });
    settle(world);
    for (const site of [A, B, C, D]) {
      const unmask = world.sites.get(site)!.said.find(({ kind }) => kind === 'unmask') as SiteSays<'unmask'>;
      expect(unmask.selfSeedShares.map(({ of }) => of)).toEqual([A, B, C, D]);
      expect(unmask.maskKeyShares.map(({ of }) => of)).toEqual([E]);
    }
    finishWork(world, E);
  });

  it('comes after what has to be on disk first', () => {
    const { diary } = play({}).sites.get(A)!;
    const at = (line: string) => diary.indexOf(line);
    expect(at('store round')).toBeLessThan(at('sign advertise-keys'));
    expect(at('upload')).toBeLessThan(at('say masked-vector'));
    expect(at('store query')).toBeLessThan(at('sign consistency'));
    expect(at('store released')).toBeLessThan(at('sign unmask'));
    expect(at('store round')).toBeGreaterThanOrEqual(0);
  });

  it('contains no secret before R4', () => {
    const world = openWorld({ terms: TERMS, sites: SITES });
    const { state, said } = world.sites.get(A)!;
    if (!('secrets' in state)) throw new Error('the site is in R0');
    const secrets = Object.values(state.secrets).flatMap((secret) => [toBase64(secret), toHex(secret)]);
    settle(world);
    const text = JSON.stringify(said);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

describe("the site's own faults", () => {
  it.each<[RejectionCode, object]>([
    ['out-of-range', { header: new BigUint64Array(2), body: Uint32Array.of(0, 2 ** 24, 0) }],
    ['wrong-size', { header: new BigUint64Array(2), body: new Uint32Array(4) }],
    ['wrong-size', { header: new BigUint64Array(1), body: new Uint32Array(3) }],
  ])('a vector is refused as %s before it is masked', (code, vector) => {
    const world = openWorld({ terms: TERMS, sites: SITES, slow: [A] });
    settle(world);
    tell(world, A, { type: 'worked', round: 7, vector: vector as { header: BigUint64Array; body: Uint32Array } });
    expectRefusal(world, A, code);
    expect(world.sites.get(A)!.diary).not.toContain('upload');
  });

  it.each<[RejectionCode, Partial<Setting>]>([
    ['not-on-roster', { terms: exampleTerms(exampleSites(4)), expected: [E] }],
    ['not-in-cohort', { terms: exampleTerms(SITES, { query: exampleQuery({ cohort: [A, B, C] }) }), expected: [E] }],
    ['below-minimum', { ownMinimum: 6, expected: [E] }],
    ['roster-mismatch', { terms: exampleTerms(SITES, { study: 'other' }), expected: [E] }],
  ])('%s: it does not begin', (code, change) => {
    const world = openWorld({ terms: TERMS, sites: SITES, ...change });
    expect(world.sites.get(E)!.outcome).toEqual({ kind: 'refused', code });
    expect(world.sites.get(E)!.stored).toEqual([]);
  });

  it('stops when its operator says so', () => {
    const world = openWorld({ terms: TERMS, sites: SITES });
    tell(world, A, { type: 'stop' });
    expectRefusal(world, A, 'stopped');
  });

  it('ignores what belongs to an abandoned round', () => {
    const world = openWorld({ terms: TERMS, sites: SITES, slow: [A] });
    const before = world.sites.get(A)!.state;
    tell(world, A, { type: 'worked', round: 6, vector: { header: new BigUint64Array(2), body: new Uint32Array(3) } });
    tell(world, A, { type: 'work-failed', round: 6, code: 'diverged' });
    tell(world, A, { type: 'signed', round: 6, signatures: [] });
    expect(world.sites.get(A)!.state).toBe(before);
  });
});
