import { toBase64 } from '@consilium/shared/crypto';
import { announcedSurvivors, type OpenPhase, type RoundEvent, resendFor, roundStep, type SiteSays } from '@consilium/shared/protocol';
import { describe, expect, it } from 'vitest';
import { exampleInput, exampleQuery, exampleSites, exampleTerms, LAYOUT, plainSum } from './example.ts';
import { verifySignature } from './signatures.ts';
import { enter, finishWork, happen, lose, openWorld, post, regain, type Setting, settle, type World } from './world.ts';

const SITES = exampleSites(4);
const [A, B, C, D] = SITES as [number, number, number, number];
const open = (change: Partial<Setting> = {}) => openWorld({ terms: exampleTerms(SITES), sites: SITES, ...change });
const close = (world: World, phase: OpenPhase) => happen(world, { type: 'deadline', phase });
const everyone = (world: World, kind: Parameters<typeof post>[2], sites = SITES) => sites.flatMap((site) => [...post(world, site, kind)]);
const sumOf = (sites: readonly number[]) =>
  plainSum(
    LAYOUT,
    sites.map((site) => exampleInput(site, 7, LAYOUT)),
  );

const said = <Kind extends 'advertise-keys' | 'share-keys' | 'masked-vector' | 'consistency' | 'unmask'>(
  world: World,
  site: number,
  kind: Kind,
) => world.sites.get(site)!.said.find((message) => message.kind === kind) as SiteSays<Kind>;

function expectRelease(world: World, survivors: readonly number[]) {
  expect(world.round).toMatchObject({ phase: 'released' });
  expect(announcedSurvivors(world.round)).toEqual(survivors);
  for (const site of survivors) {
    expect(world.sites.get(site)!.outcome).toMatchObject({ kind: 'released', survivors, sum: sumOf(survivors), recomputed: true });
  }
}

describe('a round', () => {
  it('gives every contributor the sum of the inputs of exactly the contributors', () => {
    const world = open();
    settle(world);
    expectRelease(world, SITES);
  });

  it('of more than 10,000 entries is checked by its hash and reconstructions, and says that it was not recomputed', () => {
    const layout = { header: 1, body: 10_000, bits: 20 } as const;
    const world = open({ terms: exampleTerms(SITES, { query: exampleQuery({ layout }) }) });
    settle(world);
    const sum = plainSum(
      layout,
      SITES.map((site) => exampleInput(site, 7, layout)),
    );
    for (const site of SITES) expect(world.sites.get(site)!.outcome).toMatchObject({ kind: 'released', sum, recomputed: false });
  });

  it('leaves out a site that never advertised', () => {
    const world = open();
    everyone(world, 'advertise-keys', [A, B, C]);
    close(world, 'advertising');
    for (const site of [A, B, C]) post(world, site);
    everyone(world, 'masked-vector', [A, B, C]);
    everyone(world, 'consistency', [A, B, C]);
    everyone(world, 'unmask', [A, B, C]);
    expectRelease(world, [A, B, C]);
    expect(post(world, D)).toMatchObject([{ type: 'reject', to: D, code: 'late' }]);
  });

  it('opens the mask key of a site that shared keys and sent no vector', () => {
    const world = open({ slow: [B] });
    settle(world);
    expect(world.round.phase).toBe('masking');
    close(world, 'masking');
    settle(world);
    expectRelease(world, [A, C, D]);
    expect(world.effects.find((effect) => effect.type === 'sum')).toMatchObject({ masks: { dropped: [{ site: B }] } });
    finishWork(world, B);
    expect(post(world, B)).toMatchObject([{ type: 'reject', to: B, code: 'late' }]);
    expect(world.sites.get(B)!.outcome).toEqual({ kind: 'refused', code: 'late' });
  });

  it('does not wait for a site whose connection is gone, and takes its answer if it is back in time', () => {
    const world = open();
    lose(world, D);
    everyone(world, 'advertise-keys', [A, B]);
    expect(world.round.phase).toBe('advertising');
    regain(world, D);
    post(world, D);
    expect(world.round.phase).toBe('advertising');
    post(world, C);
    expect(world.round.phase).toBe('sharing');
    settle(world);
    expectRelease(world, SITES);
  });

  it('goes on without a gone site as soon as the others have answered', () => {
    const world = open();
    everyone(world, 'advertise-keys');
    lose(world, D);
    settle(world);
    expectRelease(world, [A, B, C]);
  });

  it('sends a site that is connected again what it missed, and the site ends with the same sum', () => {
    const world = open();
    everyone(world, 'advertise-keys');
    everyone(world, 'share-keys');
    everyone(world, 'masked-vector');
    lose(world, D);
    settle(world);
    expect(world.round.phase).toBe('released');
    expect(world.sites.get(D)!.outcome).toBeNull();
    regain(world, D);
    settle(world);
    expectRelease(world, SITES);
  });

  it('ends before any contributors are announced when a frozen cohort is incomplete', () => {
    const world = open({ terms: exampleTerms(SITES, { query: exampleQuery({ cohort: SITES }) }), slow: [B] });
    settle(world);
    close(world, 'masking');
    expect(world.round).toMatchObject({ phase: 'aborted', code: 'cohort-incomplete', announced: null });
    expect(world.effects.some((effect) => effect.type === 'send' && effect.message.kind === 'survivors')).toBe(false);
    for (const site of SITES) expect(world.sites.get(site)!.outcome).toEqual({ kind: 'refused', code: 'cohort-incomplete' });
  });

  it('needs the contributors an earlier attempt had announced', () => {
    const first = open();
    for (const kind of ['advertise-keys', 'share-keys', 'masked-vector'] as const) everyone(first, kind);
    happen(first, { type: 'cancel' });
    const requiredSurvivors = announcedSurvivors(first.round);
    expect(requiredSurvivors).toEqual(SITES);
    const second = open({ terms: exampleTerms(SITES, { round: 8 }), requiredSurvivors, slow: [B] });
    settle(second);
    close(second, 'masking');
    expect(second.round).toMatchObject({ phase: 'aborted', code: 'cohort-incomplete' });
    expect(announcedSurvivors(second.round)).toEqual(SITES);
  });

  it('does not admit a site that is outside the fixed contributors', () => {
    const world = open({ requiredSurvivors: [A, B, C], expected: SITES });
    expect(post(world, D)).toMatchObject([{ type: 'reject', code: 'not-in-cohort' }]);
    settle(world);
    expectRelease(world, [A, B, C]);
  });

  it.each(['advertising', 'sharing', 'masking', 'agreeing', 'unmasking'] as const)(
    'aborts when too few answer before the deadline of %s',
    (phase) => {
      const kinds = ['advertise-keys', 'share-keys', 'masked-vector', 'consistency', 'unmask'] as const;
      const stop = ['advertising', 'sharing', 'masking', 'agreeing', 'unmasking'].indexOf(phase);
      const world = open();
      for (const kind of kinds.slice(0, stop)) everyone(world, kind);
      everyone(world, kinds[stop], [A, B]);
      expect(world.round.phase).toBe(phase);
      close(world, phase);
      expect(world.round).toMatchObject({ phase: 'aborted', code: phase === 'advertising' ? 'below-minimum' : 'below-threshold' });
      expect(world.sites.get(A)!.outcome?.kind).toBe('refused');
    },
  );

  it('ends at once when refusals leave too few sites', () => {
    const world = open();
    everyone(world, 'advertise-keys');
    const refusal = (from: number): RoundEvent => ({
      type: 'message',
      from,
      message: { protocol: 1, study: 'example', round: 7, kind: 'refuse', code: 'stopped' },
    });
    happen(world, refusal(A));
    expect(world.round.phase).toBe('sharing');
    happen(world, refusal(B));
    expect(world.round).toMatchObject({ phase: 'aborted', code: 'below-threshold' });
  });

  it('blames a holder whose share does not fit its commitment, and goes on while enough others answer', () => {
    const world = open();
    for (const kind of ['advertise-keys', 'share-keys', 'masked-vector', 'consistency'] as const) everyone(world, kind);
    const state = world.round;
    const site = world.sites.get(A)!;
    const message = said(world, A, 'unmask');
    const garbled = {
      ...message,
      selfSeedShares: message.selfSeedShares.map((share) => ({ ...share, share: toBase64(new Uint8Array(32)) })),
    };
    expect(happen(world, { type: 'message', from: A, message: garbled })).toMatchObject([{ type: 'reject', code: 'bad-signature' }]);
    expect(world.round).toEqual(state);
    site.outbox.length = 0;
    everyone(world, 'unmask', [B, C, D]);
    close(world, 'unmasking');
    expect(world.round.phase).toBe('released');
  });

  it('answers need-model once enough other sites have signed that they hold the model', () => {
    const world = open();
    const ask = { protocol: 1, study: 'example', round: 7, kind: 'need-model' } as const;
    expect(happen(world, { type: 'message', from: D, message: ask })).toEqual([]);
    post(world, A);
    post(world, B);
    expect(post(world, C)).toMatchObject([{ type: 'catch-up', to: D, adverts: [{ site: A }, { site: B }, { site: C }] }]);
    post(world, D);
    expect(world.round.phase).toBe('sharing');
  });

  it('tells a site that was connected later what the phase needs of it', () => {
    const world = open({ expected: [A, B, C] });
    regain(world, D);
    enter(world, D);
    settle(world);
    expectRelease(world, SITES);
  });

  it('resends nothing that its recipient was not part of', () => {
    const world = open({ slow: [B] });
    settle(world);
    close(world, 'masking');
    expect(resendFor(world.round, B)).toMatchObject([{ kind: 'rejected', code: 'late' }]);
    expect(resendFor(world.round, A)).toMatchObject([{ kind: 'survivors' }]);
  });

  it.each([
    ['wrong-study', { study: 'other' }],
    ['wrong-round', { round: 6 }],
    ['malformed', { site: 5 }],
    ['wrong-model', { modelHash: 'ee'.repeat(32) }],
    ['wrong-transcript', { previousTranscript: 'ee'.repeat(32) }],
    ['bad-signature', { signature: toBase64(new Uint8Array(64)) }],
    ['bad-signature', { selfSeedHash: 'ee'.repeat(32) }],
  ] as const)('rejects an advert by %s and stays where it was', (code, change) => {
    const world = open();
    const before = world.round;
    const message = { ...said(world, A, 'advertise-keys'), ...change };
    expect(roundStep(before, { type: 'message', from: A, message }, verifySignature)).toEqual({
      state: before,
      effects: [{ type: 'reject', to: A, round: message.round, kind: 'advertise-keys', code }],
    });
  });

  it('rejects a stranger', () => {
    const world = open();
    expect(happen(world, { type: 'message', from: 99, message: said(world, A, 'advertise-keys') })).toMatchObject([
      { code: 'not-on-roster' },
    ]);
  });

  it('rejects an answer before its phase, and a vector of another length', () => {
    const world = open();
    const other = open();
    settle(other);
    expect(happen(world, { type: 'message', from: A, message: said(other, A, 'masked-vector') })).toMatchObject([{ code: 'wrong-phase' }]);
    everyone(world, 'advertise-keys');
    everyone(world, 'share-keys');
    const message = { ...said(world, A, 'masked-vector'), sizeBytes: 12 };
    expect(happen(world, { type: 'message', from: A, message })).toMatchObject([{ code: 'wrong-size' }]);
  });

  it('rejects shares that are not one for each other advertiser', () => {
    const world = open();
    everyone(world, 'advertise-keys');
    const message = said(world, A, 'share-keys');
    const missing = { ...message, shares: message.shares.slice(1) };
    const stranger = { ...message, shares: message.shares.map((share, i) => (i === 0 ? { ...share, to: 99 } : share)) };
    for (const bad of [missing, stranger])
      expect(happen(world, { type: 'message', from: A, message: bad })).toMatchObject([{ code: 'bad-share' }]);
  });
});
