/**
 * Both machines of a round against mutated messages. Whole honest rounds are recorded first, with losses; every state in them is a place
 * where one mutated message is put in the place of the one that was due.
 */
import {
  type CoordinatorMessage,
  type ParticipantState,
  parseCoordinatorMessage,
  parseSiteMessage,
  participantStep,
  type RoundState,
  roundStep,
  type SiteMessage,
} from '@consilium/shared/protocol';
import { canonicalJson } from '@consilium/shared/study';
import fc from 'fast-check';
import { exampleQuery, exampleSites, exampleTerms } from '../shared/protocol/example.ts';
import { verifySignature } from '../shared/protocol/signatures.ts';
import { happen, openWorld, settle } from '../shared/protocol/world.ts';
import { type Mutation, mutate, mutation } from './mutation.ts';
import { judge, type Tally } from './tally.ts';

interface AtCoordinator {
  readonly state: RoundState;
  readonly from: number;
  readonly message: SiteMessage;
}
interface AtSite {
  readonly state: ParticipantState;
  readonly message: CoordinatorMessage;
}
export interface Recording {
  readonly coordinator: readonly AtCoordinator[];
  readonly site: readonly AtSite[];
}

/** Three rounds: everybody answers; one is too slow; contributors that are fixed beforehand. */
export function record(): Recording {
  const coordinator: AtCoordinator[] = [];
  const site: AtSite[] = [];
  for (const [count, slow, isFrozen] of [
    [4, false, false],
    [5, true, false],
    [4, false, true],
  ] as const) {
    const sites = exampleSites(count);
    const world = openWorld({
      terms: exampleTerms(sites, { query: exampleQuery({ cohort: isFrozen ? sites : null }) }),
      sites,
      slow: slow ? sites.slice(-1) : [],
      cheat: {
        toSite: (to, message, at) => {
          site.push({ state: at.sites.get(to)!.state, message });
          return [message];
        },
      },
    });
    const first = world.round;
    settle(world);
    if (slow) {
      happen(world, { type: 'deadline', phase: 'masking' });
      settle(world);
    }
    if (world.round.phase !== 'released') throw new Error('record: expected an honest round to be released');
    let state = first;
    for (const event of world.events) {
      if (event.type === 'message') coordinator.push({ state, from: event.from, message: event.message });
      state = roundStep(state, event, verifySignature).state;
    }
  }
  return { coordinator, site };
}

const ORDER = ['advertising', 'sharing', 'masking', 'agreeing', 'unmasking', 'summing', 'released', 'aborted'];

interface Case {
  readonly at: number;
  readonly other: number;
  readonly sender: number;
  readonly change: Mutation;
}
const oneCase: fc.Arbitrary<Case> = fc.record({ at: fc.nat(100_000), other: fc.nat(100_000), sender: fc.nat(7), change: mutation });

const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** Whether a list holds only entries that were said in a recorded round. */
function isOfKnownEntries(recording: Recording, message: CoordinatorMessage): boolean {
  const entries = (heard: CoordinatorMessage): readonly unknown[] =>
    heard.kind === 'adverts'
      ? heard.adverts
      : heard.kind === 'survivors'
        ? heard.survivors
        : heard.kind === 'envelopes'
          ? heard.envelopes
          : [];
  const known = new Set(recording.site.flatMap((item) => entries(item.message)).map((entry) => canonicalJson(entry)));
  return entries(message).length > 0 && entries(message).every((entry) => known.has(canonicalJson(entry)));
}

const pick = <Item>(list: readonly Item[], index: number): Item => list[index % list.length]!;

/** Site → coordinator: schema, then the coordinator's machine, in the name of the sender or of another site. */
export function fuzzCoordinator(recording: Recording, tally: Tally, cases: number, seed: number): void {
  for (const { at, other, sender, change } of fc.sample(oneCase, { numRuns: cases, seed })) {
    const { state, from, message } = pick(recording.coordinator, at);
    const arrived = mutate(message, pick(recording.coordinator, other).message, change);
    judge(
      tally,
      state.phase,
      () => JSON.stringify({ message: arrived }),
      () => {
        const parsed = parseSiteMessage(arrived);
        if (!parsed.ok) return 'malformed';
        const who = sender === 0 ? 99 : sender === 1 ? pick(recording.coordinator, other).from : from;
        const step = roundStep(state, { type: 'message', from: who, message: parsed.message }, verifySignature);
        if (ORDER.indexOf(step.state.phase) < ORDER.indexOf(state.phase)) throw new Error('the round went back');
        if (step.effects.some(({ type }) => type === 'release')) throw new Error('a message of a site released a sum');
        const rejected = step.effects.find((effect) => effect.type === 'reject');
        if (rejected?.type === 'reject') return rejected.code;
        if (step.state.phase === 'aborted') return 'aborted';
        if (step.state === state) return 'ignored';
        // Everything a site says in a round is signed but a refusal and the wish for the model; what is signed for another place is known.
        const isOwn = recording.coordinator.some((known) => isEqual(known.message, parsed.message));
        if (!isOwn && parsed.message.kind !== 'refuse' && parsed.message.kind !== 'need-model')
          throw new Error('a changed message was accepted');
        return isEqual(parsed.message, message) ? 'accepted as it was' : 'accepted, of another';
      },
    );
  }
}

/** Coordinator → site: schema, then the site's machine; whatever it says next fits its own schema and holds no share too many. */
export function fuzzParticipant(recording: Recording, tally: Tally, cases: number, seed: number): void {
  for (const { at, other, change } of fc.sample(oneCase, { numRuns: cases, seed })) {
    const { state, message } = pick(recording.site, at);
    const arrived = mutate(message, pick(recording.site, other).message, change);
    judge(
      tally,
      state.phase,
      () => JSON.stringify({ message: arrived }),
      () => {
        const parsed = parseCoordinatorMessage(arrived);
        if (!parsed.ok) return 'malformed';
        const step = participantStep(state, { type: 'message', message: parsed.message }, verifySignature);
        for (const effect of step.effects) {
          if (effect.type !== 'send') continue;
          if (!parseSiteMessage(effect.message).ok) throw new Error('the site said what its own schema refuses');
          if (effect.message.kind === 'unmask') throw new Error('a single message of the coordinator brought out shares');
        }
        if (step.state.phase === 'ended') {
          if ('secrets' in step.state || 'shares' in step.state) throw new Error('an ended round kept secrets');
          return step.state.outcome;
        }
        if (step.state === state) return 'ignored';
        if (step.state.phase === state.phase) return 'held';
        const isOwn = recording.site.some((known) => isEqual(known.message, parsed.message));
        // A coordinator may leave sites out, as if they had not answered; every entry that stays was signed for this place.
        // More or fewer valid signatures on the same lists are as good; of a release, what it names is fetched and checked next.
        const isFree = parsed.message.kind === 'agreement' || parsed.message.kind === 'released';
        if (!isOwn && !isFree && !isOfKnownEntries(recording, parsed.message)) throw new Error('a changed message was acted upon');
        return isEqual(parsed.message, message)
          ? 'accepted as it was'
          : isOwn
            ? 'accepted, of another'
            : `accepted, changed ${parsed.message.kind}`;
      },
    );
  }
}

/** Noise: bytes and JSON out of nowhere, to both parsers. Nothing of it should be a message. */
export function fuzzNoise(tally: Tally, cases: number, seed: number): void {
  const text = fc.oneof(
    fc.json({ maxDepth: 4 }),
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  for (const noise of fc.sample(text, { numRuns: cases, seed })) {
    judge(
      tally,
      'noise',
      () => noise,
      () => {
        let value: unknown = noise;
        try {
          value = JSON.parse(noise);
        } catch {
          // A text is also something that can arrive.
        }
        return parseSiteMessage(value).ok || parseCoordinatorMessage(value).ok ? 'a message' : 'malformed';
      },
    );
  }
}
