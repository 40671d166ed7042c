/** A coordinator that lies about time, about questions that were answered, and about the sum; and what a site hands over at the end. */
import { toBase64, toHex } from '@consilium/shared/crypto';
import { type AnsweredQuery, type CoordinatorSays, cohortHash, type RejectionCode, type SiteSays } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { A, B, C, D, E, expectRefusal, lie, OTHER_HASH, play, SITES, swap, TERMS, without, ZERO_KEY } from './coordinator-lies.ts';
import { exampleQuery, exampleSites, exampleTerms } from './example.ts';
import { enter, finishWork, happen, openWorld, type Setting, settle, tell, type World } from './world.ts';

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
