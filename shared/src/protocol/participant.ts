/**
 * A site's rules for one secure sum: what it checks, what it hands over and when it stops. It runs in the sealed chamber and
 * reaches the world through effects only.
 *
 * Rule 1: `participantStep` is pure and total. Whatever another party sends, nothing is thrown.
 * Rule 2: every check comes before the secret it guards; a failed check ends the round here, by a code, with all secrets dropped.
 * Rule 3: a message before its turn is held, one a kind; a message after its turn that says something else ends the round.
 *
 * Source: docs/protocol.md, "What a site checks"; Bonawitz et al. 2017 (doi 10.1145/3133956.3133982), Figure 4.
 */
import type { CoordinatorMessage, CoordinatorMessageKind, CoordinatorSays } from './coordinator-messages.ts';
import { receiveAgreement, receiveSurvivors, signAgreement, signUnmask } from './participant-agree.ts';
import { andThen, end, type OpenParticipant } from './participant-common.ts';
import { mask, worked } from './participant-mask.ts';
import { open, signAdvert } from './participant-open.ts';
import { checkFetched, receiveReleased } from './participant-release.ts';
import { contradicts } from './participant-repeat.ts';
import { receiveAdverts, receiveEnvelopes } from './participant-share.ts';
import { sendSigned } from './participant-signed.ts';
import type { ParticipantEvent, ParticipantPhase, ParticipantState, ParticipantStep } from './participant-state.ts';
import type { Verify } from './terms.ts';

export { ENTROPY_BYTES } from './participant-secrets.ts';

/**
 * A site between rounds.
 *
 * @param input.index - Its roster index.
 * @param input.lastRound - Highest round number it has stored, 0 if none; rounds up to it are refused.
 */
export function idleParticipant(input: { readonly index: number; readonly lastRound: number }): ParticipantState {
  return { phase: 'idle', index: input.index, lastRound: input.lastRound };
}

/**
 * One step of a site.
 *
 * @param verify - Checks an Ed25519 signature.
 * @returns The next state and what the driver has to do, in order: an `upload` is acknowledged before a later `send` leaves.
 * @throws RangeError if the driver's entropy has the wrong length; never for anything another party does.
 */
export function participantStep(state: ParticipantState, event: ParticipantEvent, verify: Verify): ParticipantStep {
  if (event.type === 'open') return open(state, event);
  if (state.phase === 'idle' || state.phase === 'ended') return stay(state);
  if (event.type === 'stop') return end(state, 'stopped');
  if (event.type === 'message') return receiveHeld(receive(state, event.message, verify), verify);
  if (event.round !== state.terms.round) return stay(state); // an answer to an abandoned round
  switch (event.type) {
    case 'stored':
      return stored(state);
    case 'signed':
      return receiveHeld(sendSigned(state, event.signatures), verify);
    case 'worked':
      return receiveHeld(worked(state, event.vector), verify);
    case 'work-failed':
      return 'work' in state && state.work.kind === 'pending' ? end(state, event.code) : stay(state);
    case 'fetched':
      return state.phase === 'fetching' ? checkFetched(state, event.blobs) : stay(state);
  }
}

function stored(state: OpenParticipant): ParticipantStep {
  switch (state.phase) {
    case 'recording-round':
      return signAdvert(state);
    case 'recording-query':
      return signAgreement(state);
    case 'recording-release':
      return signUnmask(state);
    default:
      return stay(state);
  }
}

/** The phases in order; `complaining` leads nowhere and takes no message. */
const ORDER: readonly ParticipantPhase[] = [
  'recording-round',
  'signing-advert',
  'advertised',
  'signing-shares',
  'shared',
  'working',
  'signing-vector',
  'sent',
  'recording-query',
  'signing-agreement',
  'agreed',
  'recording-release',
  'signing-unmask',
  'answered',
  'fetching',
];

const DUE = { adverts: 'advertised', envelopes: 'shared', survivors: 'sent', agreement: 'agreed', released: 'answered' } as const;

type Turn = CoordinatorSays<keyof typeof DUE>;

function receive(state: OpenParticipant, message: CoordinatorMessage, verify: Verify): ParticipantStep {
  if (message.study !== state.terms.study || !('round' in message) || message.round !== state.terms.round) return stay(state);
  switch (message.kind) {
    case 'aborted':
      return end(state, message.code, 'quietly');
    case 'rejected':
      return isFinal(state, message) ? end(state, message.code, 'quietly') : stay(state);
    case 'adverts':
    case 'envelopes':
    case 'survivors':
    case 'agreement':
    case 'released':
      return takeTurn(state, message, verify);
    default:
      return stay(state);
  }
}

/** The phase in which a site waits for the answer to what it said. */
const AWAITING: Readonly<Record<string, ParticipantPhase>> = {
  'advertise-keys': 'advertised',
  'share-keys': 'shared',
  'masked-vector': 'sent',
  consistency: 'agreed',
  unmask: 'answered',
};

/** A rejection ends the round if it answers what the site said last, or says that what it is about to say comes too late. */
function isFinal(state: OpenParticipant, { rejected, code }: CoordinatorSays<'rejected'>): boolean {
  const awaiting = Object.hasOwn(AWAITING, rejected) ? AWAITING[rejected] : undefined;
  if (awaiting === undefined || code === 'duplicate' || code === 'wrong-round' || code === 'wrong-study') return false;
  const isAhead = ORDER.indexOf(state.phase) < ORDER.indexOf(awaiting);
  return state.phase === awaiting || (isAhead && code === 'late');
}

function takeTurn(state: OpenParticipant, message: Turn, verify: Verify): ParticipantStep {
  if (state.phase === 'complaining') return stay(state);
  const due = ORDER.indexOf(DUE[message.kind]);
  const now = ORDER.indexOf(state.phase);
  if (now < due) return hold(state, message);
  if (now > due) return contradicts(state, message) ? end(state, 'conflict') : stay(state);
  if (state.phase === 'advertised' && message.kind === 'adverts') return receiveAdverts(state, message, verify);
  if (state.phase === 'shared' && message.kind === 'envelopes') return andThen(receiveEnvelopes(state, message, verify), mask);
  if (state.phase === 'sent' && message.kind === 'survivors') return receiveSurvivors(state, message, verify);
  if (state.phase === 'agreed' && message.kind === 'agreement') return receiveAgreement(state, message, verify);
  if (state.phase === 'answered' && message.kind === 'released') return receiveReleased(state, message);
  return stay(state);
}

function hold(state: OpenParticipant, message: Turn): ParticipantStep {
  const before = state.held.get(message.kind);
  if (before !== undefined) return JSON.stringify(before) === JSON.stringify(message) ? stay(state) : end(state, 'conflict');
  return stay({ ...state, held: new Map(state.held).set(message.kind, message) });
}

/** Takes up the held message whose turn has come, if there is one. */
function receiveHeld(step: ParticipantStep, verify: Verify): ParticipantStep {
  const { state } = step;
  if (state.phase === 'idle' || state.phase === 'ended') return step;
  const due = (Object.keys(DUE) as (keyof typeof DUE)[]).find((kind) => DUE[kind] === state.phase);
  const message = due === undefined ? undefined : state.held.get(due);
  if (message === undefined) return step;
  const released = { ...state, held: without(state.held, message.kind) };
  return receiveHeld(
    andThen({ state: released, effects: step.effects }, (at) => receive(at, message, verify)),
    verify,
  );
}

function without(held: ReadonlyMap<CoordinatorMessageKind, CoordinatorMessage>, kind: CoordinatorMessageKind) {
  return new Map([...held].filter(([other]) => other !== kind));
}

const stay = (state: ParticipantState): ParticipantStep => ({ state, effects: [] });
