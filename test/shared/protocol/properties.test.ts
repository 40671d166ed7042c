import {
  announcedSurvivors,
  type CoordinatorMessage,
  openRound,
  type ParticipantEvent,
  parseCoordinatorMessage,
  parseSiteMessage,
  participantStep,
  type RoundEvent,
  type RoundState,
  roundStep,
  type SiteMessage,
} from '@consilium/shared/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleInput, exampleSites, exampleTerms, LAYOUT, plainSum } from './example.ts';
import { verifySignature } from './signatures.ts';
import { play, story } from './stories.ts';
import { openWorld, type Site, settle, type World } from './world.ts';

const ORDER = ['advertising', 'sharing', 'masking', 'agreeing', 'unmasking', 'summing', 'released', 'aborted'];
const RUNS = { numRuns: 25 };
const ended = (site: Site) => site.outcome;

describe('over plausible stories', () => {
  it('a released sum is the sum of the inputs of exactly the announced contributors, at the coordinator and at every site', () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = play(told);
        if (world.round.phase !== 'released') return;
        const survivors = announcedSurvivors(world.round)!;
        const sum = plainSum(
          LAYOUT,
          survivors.map((site) => exampleInput(site, 7, LAYOUT)),
        );
        const accepted = [...world.sites.values()].filter((site) => ended(site)?.kind === 'released');
        for (const site of accepted) expect(site.outcome).toMatchObject({ survivors, sum });
        const connected = survivors.filter(
          (site) => world.sites.get(site)!.isConnected && ended(world.sites.get(site)!)?.kind !== 'refused',
        );
        expect(accepted.map(({ index }) => index)).toEqual(expect.arrayContaining(connected));
        if (told.isFrozen) expect(survivors).toEqual(told.sites);
      }),
      RUNS,
    );
  });

  it('a round only moves forward, never below the minimum, and a replay of its events gives the same states', () => {
    fc.assert(
      fc.property(story, (told) => {
        const ranks: number[] = [];
        const world = play(told, ({ round }) => ranks.push(ORDER.indexOf(round.phase)));
        expect([...ranks].sort((a, b) => a - b)).toEqual(ranks);
        if (world.round.phase === 'released') expect(announcedSurvivors(world.round)!.length).toBeGreaterThanOrEqual(3);
        const { state } = openRound({ terms: world.terms, expected: told.sites, requiredSurvivors: null });
        const replayed = world.events.reduce<RoundState>(
          (at, event) => structuredClone(roundStep(at, structuredClone(event), verifySignature).state),
          state,
        );
        expect(replayed).toEqual(world.round);
      }),
      RUNS,
    );
  });

  it('every message fits its schema, survives JSON, and no site hands over both shares of one other', () => {
    fc.assert(
      fc.property(story, (told) => {
        const world = play(told);
        for (const { said } of world.sites.values()) {
          for (const message of said) {
            expect(parseSiteMessage(JSON.parse(JSON.stringify(message)))).toEqual({ ok: true, message });
            if (message.kind !== 'unmask') continue;
            const both = message.selfSeedShares.filter(({ of }) => message.maskKeyShares.some((other) => other.of === of));
            expect(both).toEqual([]);
          }
        }
        for (const effect of world.effects) {
          if (effect.type === 'send')
            expect(parseCoordinatorMessage(JSON.parse(JSON.stringify(effect.message)))).toEqual({ ok: true, message: effect.message });
        }
      }),
      RUNS,
    );
  });

  it('release is reached often enough, and missed often enough, for the above to mean something', () => {
    const ends = fc.sample(story, { numRuns: 30, seed: 5 }).map((told) => play(told).round.phase);
    expect(ends.filter((phase) => phase === 'released').length).toBeGreaterThan(9);
    expect(ends.filter((phase) => phase === 'aborted').length).toBeGreaterThan(4);
  });
});

describe('totality', () => {
  const SITES = exampleSites(4);
  const terms = exampleTerms(SITES);

  /** One whole round, with every state that coordinator and first site passed through and every message they heard. */
  function record(): {
    rounds: RoundState[];
    events: RoundEvent[];
    site: Site;
    states: Site['state'][];
    heard: CoordinatorMessage[];
    world: World;
  } {
    const states: Site['state'][] = [];
    const heard: CoordinatorMessage[] = [];
    const world = openWorld({
      terms,
      sites: SITES,
      cheat: {
        toSite: (to, message, at) => {
          if (to === SITES[0]) {
            states.push(at.sites.get(to)!.state);
            heard.push(message);
          }
          return [message];
        },
      },
    });
    const first = world.round;
    const site = world.sites.get(SITES[0]!)!;
    settle(world);
    states.push(site.state);
    const rounds = [first];
    for (const event of world.events) rounds.push(roundStep(rounds.at(-1)!, event, verifySignature).state);
    return { rounds, events: world.events, site, states, heard, world };
  }

  it('the coordinator has an answer to every event in every state, and a repeated event changes nothing', () => {
    const { rounds, events } = record();
    const deadlines = ORDER.map((phase) => ({ type: 'deadline', phase }) as RoundEvent);
    const others: RoundEvent[] = [
      ...deadlines,
      { type: 'gone', site: SITES[1]! },
      { type: 'back', site: SITES[1]! },
      { type: 'gone', site: 99 },
      { type: 'back', site: 99 },
      { type: 'summed', hash: '0'.repeat(64), sizeBytes: 25 },
      { type: 'cancel' },
    ];
    const aborted = roundStep(rounds[3]!, { type: 'cancel' }, verifySignature).state;
    const strays: SiteMessage[] = [
      { protocol: 1, study: 'example', kind: 'ready', rows: '0', events: '0', checks: 'pass', signature: `${'A'.repeat(86)}==` },
      { protocol: 1, study: 'example', round: 7, kind: 'need-model' },
      { protocol: 1, study: 'example', round: 7, kind: 'refuse', code: 'stopped' },
    ];
    const messages: RoundEvent[] = strays.flatMap((message) =>
      [...SITES, 99].map((from): RoundEvent => ({ type: 'message', from, message })),
    );
    for (const state of [...new Set([...rounds, aborted])]) {
      const frozen = structuredClone(state);
      for (const event of [...events, ...others, ...messages]) {
        const once = roundStep(state, event, verifySignature);
        expect(roundStep(state, event, verifySignature)).toEqual(once);
        const twice = roundStep(once.state, event, verifySignature);
        expect(twice.state).toEqual(once.state);
        const isSilent = event.type !== 'message' || event.message.kind === 'refuse' || event.message.kind === 'need-model';
        if (!isSilent) expect(twice.effects.length).toBeGreaterThan(0);
      }
      expect(state).toEqual(frozen);
    }
  });

  it('a site has an answer to every event in every state, and what it was told stays as it was', () => {
    const { states, heard } = record();
    expect(new Set(states.map(({ phase }) => phase))).toEqual(new Set(['advertised', 'shared', 'sent', 'agreed', 'answered', 'ended']));
    const round = 7;
    const events: ParticipantEvent[] = [
      { type: 'signed', round, signatures: [new Uint8Array(64)] },
      { type: 'signed', round, signatures: [] },
      { type: 'stored', round },
      { type: 'worked', round, vector: exampleInput(SITES[0]!, 7, LAYOUT) },
      { type: 'work-failed', round, code: 'diverged' },
      { type: 'fetched', round, blobs: new Map() },
      { type: 'stop' },
      ...heard.map((message): ParticipantEvent => ({ type: 'message', message })),
      { type: 'message', message: { protocol: 1, study: 'example', round, kind: 'aborted', code: 'cancelled' } },
      { type: 'message', message: { protocol: 1, study: 'example', round, kind: 'rejected', rejected: 'unmask', code: 'late' } },
      {
        type: 'message',
        message: { protocol: 1, study: 'example', round: null, kind: 'rejected', rejected: 'constructor', code: 'malformed' },
      },
    ];
    for (const state of states) {
      for (const event of events) {
        const { state: next, effects } = participantStep(state, event, verifySignature);
        expect(participantStep(state, event, verifySignature)).toEqual({ state: next, effects });
      }
    }
  });

  it('messages that come before their turn are taken up when their turn has come', () => {
    const { heard, world: first } = record();
    const world = openWorld({
      terms,
      sites: SITES,
      slow: [SITES[0]!],
      cheat: { toSite: (to, message) => (to === SITES[0] ? [] : [message]) },
    });
    let state = world.sites.get(SITES[0]!)!.state;
    const early = heard.filter(({ kind }) => kind !== 'adverts' && kind !== 'released');
    for (const message of early) ({ state } = participantStep(state, { type: 'message', message }, verifySignature));
    expect(state.phase).toBe('advertised');
    expect('held' in state && [...state.held.keys()]).toEqual(early.map(({ kind }) => kind));
    expect(first.round.phase).toBe('released');
  });
});
