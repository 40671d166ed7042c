/**
 * What the coordinator does with a message: accept it into the state, repeat its answer, or reject it by a code.
 *
 * Rules: an identical repeat gets the identical answer; a different second answer is `conflict`; an answer to a closed phase is
 * `late`; an answer to a phase that has not begun is `wrong-phase`.
 */

import { rosterEntry } from '../identity/index.ts';
import type { CoordinatorMessage } from './coordinator-messages.ts';
import type { RejectionCode } from './rejections.ts';
import { answerTo } from './round-answers.ts';
import { flawIn, isComplaintSigned } from './round-checks.ts';
import { abort } from './round-close.ts';
import { isMember, isOpen, population } from './round-cohort.ts';
import { OPEN_PHASES, type OpenPhase, type OpenState, type RoundState, type Step, type Unmasking } from './round-state.ts';
import type { SiteMessage, SiteSays } from './site-messages.ts';
import type { Verify } from './terms.ts';
import { vouchersNeeded } from './vouch.ts';

/** The messages that answer a phase. */
export type Answer = SiteSays<'advertise-keys' | 'share-keys' | 'masked-vector' | 'consistency' | 'unmask'>;

const PHASE_OF = {
  'advertise-keys': 'advertising',
  'share-keys': 'sharing',
  'masked-vector': 'masking',
  consistency: 'agreeing',
  unmask: 'unmasking',
} as const satisfies Record<Answer['kind'], OpenPhase>;

/**
 * Answers one message, in any state. Closing the phase is the caller's part.
 *
 * @param from - Roster index of the sender, as authenticated by the transport.
 */
export function receive(state: RoundState, from: number, message: SiteMessage, verify: Verify): Step {
  const no = (code: RejectionCode) => reject(state, from, message, code);
  const { terms } = state;
  if (message.study !== terms.study) return no('wrong-study');
  if (rosterEntry(terms.roster, from) === undefined) return no('not-on-roster');
  if (!('round' in message)) return no('wrong-phase');
  if (message.round !== terms.round) return no('wrong-round');
  if (state.phase === 'aborted') return send(state, from, answerTo(state, from, message.kind)!);
  switch (message.kind) {
    case 'refuse':
      return isOpen(state) ? stay({ ...state, withdrawn: new Set(state.withdrawn).add(from) }) : stay(state);
    case 'need-model':
      return isOpen(state) ? catchUp({ ...state, needing: new Set(state.needing).add(from) }) : no('late');
    case 'complain':
      return complain(state, from, message, verify);
    default:
      return receiveAnswer(state, from, message, verify);
  }
}

function receiveAnswer(state: Exclude<RoundState, { phase: 'aborted' }>, from: number, message: Answer, verify: Verify): Step {
  const no = (code: RejectionCode) => reject(state, from, message, code);
  const before = saidBefore(state, from, message.kind);
  if (before !== undefined) {
    if (JSON.stringify(before) !== JSON.stringify(message)) return no('conflict');
    const answer = answerTo(state, from, message.kind);
    return answer === null ? no('duplicate') : send(state, from, answer);
  }
  const due = OPEN_PHASES.indexOf(PHASE_OF[message.kind]);
  if (!isOpen(state) || due < OPEN_PHASES.indexOf(state.phase)) return no('late');
  if (due > OPEN_PHASES.indexOf(state.phase)) return no('wrong-phase');
  if (!isMember(state, from)) return no('not-in-cohort');
  if (state.withdrawn.has(from)) return no('conflict');
  if (state.phase !== 'advertising' && !population(state).includes(from)) return no('late');
  const flaw = flawIn(state, from, message, verify);
  if (flaw === null) return catchUp(accept(state, from, message));
  return flaw === 'signed-bad-share' ? markFaulty(state, from, message) : no(flaw);
}

function saidBefore(state: Exclude<RoundState, { phase: 'aborted' }>, from: number, kind: Answer['kind']): Answer | undefined {
  switch (kind) {
    case 'advertise-keys':
      return state.adverts.get(from);
    case 'share-keys':
      return 'shares' in state ? state.shares.get(from) : undefined;
    case 'masked-vector':
      return 'vectors' in state ? state.vectors.get(from) : undefined;
    case 'consistency':
      return 'agreements' in state ? state.agreements.get(from) : undefined;
    case 'unmask':
      return 'answers' in state ? state.answers.get(from) : undefined;
  }
}

/** Puts an answer that belongs to the current phase into the state. */
function accept(state: OpenState, from: number, message: Answer): OpenState {
  if (state.phase === 'advertising' && message.kind === 'advertise-keys') {
    return { ...state, adverts: new Map(state.adverts).set(from, message), needing: without(state.needing, from) };
  }
  if (state.phase === 'sharing' && message.kind === 'share-keys') return { ...state, shares: new Map(state.shares).set(from, message) };
  if (state.phase === 'masking' && message.kind === 'masked-vector')
    return { ...state, vectors: new Map(state.vectors).set(from, message) };
  if (state.phase === 'agreeing' && message.kind === 'consistency')
    return { ...state, agreements: new Map(state.agreements).set(from, message) };
  if (state.phase === 'unmasking' && message.kind === 'unmask') return { ...state, answers: new Map(state.answers).set(from, message) };
  return state;
}

/** A share that its holder signed and that is not the one committed to: the holder is to blame and does not count. */
function markFaulty(state: OpenState, from: number, message: Answer): Step {
  const faulty = new Set((state as Unmasking).faulty).add(from);
  const withdrawn = new Set(state.withdrawn).add(from);
  return reject({ ...(state as Unmasking), faulty, withdrawn }, from, message, 'bad-share');
}

/** Answers the sites that asked for the model, once enough others have signed that they hold it. */
function catchUp(state: OpenState): Step {
  if (state.needing.size === 0 || state.adverts.size < vouchersNeeded(state.terms)) return stay(state);
  const adverts = [...state.adverts.values()];
  const effects = [...state.needing].map((to) => ({ type: 'catch-up', to, adverts }) as const);
  return { state: { ...state, needing: new Set() }, effects };
}

function complain(state: Exclude<RoundState, { phase: 'aborted' }>, from: number, message: SiteSays<'complain'>, verify: Verify): Step {
  const no = (code: RejectionCode) => reject(state, from, message, code);
  if (state.phase === 'advertising' || state.phase === 'sharing') return no('wrong-phase');
  if (state.phase !== 'masking' || !state.shares.has(from)) return no('late');
  if (message.against === from || !state.shares.has(message.against)) return no('malformed');
  if (!isComplaintSigned(state, from, message, verify)) return no('bad-signature');
  return abort(state, 'bad-share', [message.against, from]); // one of the two: the signed messages are the evidence
}

function without(set: ReadonlySet<number>, site: number): ReadonlySet<number> {
  return new Set([...set].filter((other) => other !== site));
}
const stay = (state: RoundState): Step => ({ state, effects: [] });
const send = (state: RoundState, to: number, message: CoordinatorMessage): Step => ({ state, effects: [{ type: 'send', to, message }] });
const reject = (state: RoundState, to: number, message: SiteMessage, code: RejectionCode): Step => {
  const round = 'round' in message ? message.round : null;
  return { state, effects: [{ type: 'reject', to, round, kind: message.kind, code }] };
};
