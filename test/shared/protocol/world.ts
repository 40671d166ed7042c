/**
 * A whole round in memory: the coordinator's machine, real participants with real keys, and a post office that a test can
 * stop, lose, repeat or falsify. Nothing is random and nothing waits.
 */
import { sha256, toHex } from '@consilium/shared/crypto';
import {
  type AnsweredQuery,
  type Cohorts,
  type CoordinatorMessage,
  ENTROPY_BYTES,
  idleParticipant,
  openRound,
  type ParticipantEffect,
  type ParticipantEvent,
  type ParticipantState,
  participantStep,
  type RejectionCode,
  type RoundEffect,
  type RoundEvent,
  type RoundState,
  type RoundTerms,
  resendFor,
  roundStep,
  roundSum,
  type SiteMessage,
  type SiteMessageKind,
  type StoredRecord,
} from '@consilium/shared/protocol';
import { type EncodedVector, packVector } from '@consilium/shared/secagg';
import { exampleInput, siteKey } from './example.ts';
import { verifySignature } from './signatures.ts';

export type Outcome =
  | { readonly kind: 'refused'; readonly code: RejectionCode }
  | {
      readonly kind: 'released';
      readonly sum: EncodedVector;
      readonly survivors: readonly number[];
      readonly transcript: string;
      readonly recomputed: boolean;
    };

/** One site in the world, with what its page would keep. */
export interface Site {
  readonly index: number;
  state: ParticipantState;
  /** What it has said and the coordinator has not yet heard. */
  readonly outbox: SiteMessage[];
  /** What it has said, ever. */
  readonly said: SiteMessage[];
  readonly stored: StoredRecord[];
  /** Everything in the order it happened, for tests of order. */
  readonly diary: string[];
  outcome: Outcome | null;
  isConnected: boolean;
  /** Holds back the local result until `finishWork`. */
  isSlow: boolean;
}

export interface World {
  readonly terms: RoundTerms;
  round: RoundState;
  readonly sites: ReadonlyMap<number, Site>;
  readonly blobs: Map<string, Uint8Array>;
  /** Everything the coordinator's machine asked for, in order. */
  readonly effects: RoundEffect[];
  readonly events: RoundEvent[];
  readonly cheat: Cheat;
}

/** What a dishonest coordinator, or a dishonest network, does to the mail. */
export interface Cheat {
  readonly toSite?: (to: number, message: CoordinatorMessage, world: World) => readonly CoordinatorMessage[];
  readonly toCoordinator?: (from: number, message: SiteMessage) => readonly SiteMessage[];
  readonly termsFor?: (site: number, terms: RoundTerms) => RoundTerms;
  readonly sum?: (sum: EncodedVector) => EncodedVector;
}

export interface Setting {
  readonly terms: RoundTerms;
  readonly sites: readonly number[];
  readonly expected?: readonly number[];
  readonly requiredSurvivors?: readonly number[] | null;
  readonly cheat?: Cheat;
  readonly slow?: readonly number[];
  readonly answered?: readonly AnsweredQuery[];
  readonly earlier?: readonly Cohorts[];
  readonly lastRound?: number;
  readonly ownMinimum?: number;
}

/** Opens a round; every site in `expected` (all, unless told) has answered R0 into its outbox. */
export function openWorld(setting: Setting): World {
  const { terms, sites, cheat = {}, slow = [] } = setting;
  const expected = setting.expected ?? sites;
  const { state, effects } = openRound({ terms, expected, requiredSurvivors: setting.requiredSurvivors ?? null });
  const newSite = (index: number): [number, Site] => {
    const idle = idleParticipant({ index, lastRound: 0 });
    const lists = { outbox: [], said: [], stored: [], diary: [] };
    return [index, { index, state: idle, ...lists, outcome: null, isConnected: expected.includes(index), isSlow: slow.includes(index) }];
  };
  const world: World = { terms, round: state, sites: new Map(sites.map(newSite)), blobs: new Map(), effects: [], events: [], cheat };
  perform(world, effects);
  for (const site of expected) enter(world, site, setting);
  return world;
}

/** One site opens the round. */
export function enter(world: World, index: number, setting: Pick<Setting, 'answered' | 'earlier' | 'lastRound' | 'ownMinimum'> = {}): void {
  const terms = world.cheat.termsFor?.(index, world.terms) ?? world.terms;
  const entropy = new Uint8Array(ENTROPY_BYTES).map((_, i) => (index * 7 + terms.round * 3 + i) % 256);
  const { answered = [], earlier = [], lastRound = 0, ownMinimum = 3 } = setting;
  tell(world, index, { type: 'open', terms, queryTag: 'd4'.repeat(32), ownMinimum, entropy, answered, earlier, lastRound });
}

/** Gives a site an event and carries out what it asks for. */
export function tell(world: World, index: number, event: ParticipantEvent): void {
  const site = world.sites.get(index)!;
  const { state, effects } = participantStep(site.state, event, verifySignature);
  site.state = state;
  for (const effect of effects) performAtSite(world, site, effect);
}

function performAtSite(world: World, site: Site, effect: ParticipantEffect): void {
  site.diary.push(
    effect.type === 'sign' ? `sign ${effect.purpose}` : effect.type === 'store' ? `store ${effect.record.kind}` : effect.type,
  );
  switch (effect.type) {
    case 'sign':
      tell(world, site.index, { type: 'signed', round: effect.round, signatures: effect.messages.map(siteKey(site.index).sign) });
      return;
    case 'store':
      site.stored.push(effect.record);
      tell(world, site.index, { type: 'stored', round: effect.record.round });
      return;
    case 'work':
      if (!site.isSlow) finishWork(world, site.index);
      return;
    case 'upload':
      world.blobs.set(effect.hash, effect.vector.bytes);
      return;
    case 'fetch':
      tell(world, site.index, { type: 'fetched', round: effect.round, blobs: world.blobs });
      return;
    case 'send':
      site.diary.push(`say ${effect.message.kind}`);
      site.said.push(effect.message);
      site.outbox.push(...(world.cheat.toCoordinator?.(site.index, effect.message) ?? [effect.message]));
      return;
    case 'released':
      site.outcome = { ...effect, kind: 'released' };
      return;
    case 'refused':
      site.outcome = { kind: 'refused', code: effect.code };
  }
}

/** The site's local computation ends. */
export function finishWork(world: World, index: number): void {
  const { round, query } = world.terms;
  tell(world, index, { type: 'worked', round, vector: exampleInput(index, round, query.layout) });
}

/** Gives the coordinator's machine an event and carries out what it asks for. */
export function happen(world: World, event: RoundEvent): readonly RoundEffect[] {
  const { state, effects } = roundStep(world.round, event, verifySignature);
  world.events.push(event);
  world.round = state;
  perform(world, effects);
  return effects;
}

function perform(world: World, effects: readonly RoundEffect[]): void {
  world.effects.push(...effects);
  for (const effect of effects) {
    if (effect.type === 'send') deliver(world, effect.to, effect.message);
    if (effect.type === 'reject') {
      const { study } = world.terms;
      const { round } = effect;
      deliver(world, effect.to, { protocol: 1, study, kind: 'rejected', round, rejected: effect.kind, code: effect.code });
    }
    if (effect.type === 'sum') {
      const masked = effect.masked.map(({ hash }) => world.blobs.get(hash)!);
      const sum = roundSum(effect.layout, masked, effect.masks);
      const bytes = packVector(world.cheat.sum?.(sum) ?? sum, effect.layout);
      const hash = toHex(sha256(bytes));
      world.blobs.set(hash, bytes);
      happen(world, { type: 'summed', hash, sizeBytes: bytes.length });
    }
  }
}

function deliver(world: World, to: number, message: CoordinatorMessage): void {
  const site = world.sites.get(to);
  if (site === undefined || !site.isConnected) return;
  const messages = world.cheat.toSite?.(to, message, world) ?? [message];
  for (const each of messages) tell(world, to, { type: 'message', message: each });
}

/** Hands over what a site has said, or only one kind of it. */
export function post(world: World, index: number, kind?: SiteMessageKind): readonly RoundEffect[] {
  const { outbox } = world.sites.get(index)!;
  const letters = outbox.filter((message) => kind === undefined || message.kind === kind);
  const rest = outbox.filter((message) => !letters.includes(message));
  outbox.splice(0, outbox.length, ...rest);
  return letters.flatMap((message) => happen(world, { type: 'message', from: index, message }));
}

/** The site's connection is lost; its page goes on. */
export function lose(world: World, index: number): readonly RoundEffect[] {
  world.sites.get(index)!.isConnected = false;
  return happen(world, { type: 'gone', site: index });
}

/** The same page is connected again. */
export function regain(world: World, index: number): readonly RoundEffect[] {
  world.sites.get(index)!.isConnected = true;
  const effects = happen(world, { type: 'back', site: index });
  for (const message of resendFor(world.round, index)) deliver(world, index, message);
  return effects;
}

/** Posts all mail of connected sites until there is none. */
export function settle(world: World): void {
  for (let isBusy = true; isBusy; ) {
    isBusy = false;
    for (const { index, outbox, isConnected } of world.sites.values()) {
      if (!isConnected || outbox.length === 0) continue;
      isBusy = true;
      post(world, index);
    }
  }
}
