/**
 * The coordinator's rules for one secure sum, and nothing else: no socket, no clock, no storage, no randomness.
 *
 * Rule 1: `roundStep` is pure and total: every event has an answer in every state.
 * Rule 2: progress is a set of sites, never a counter; an identical repeat gets the identical answer.
 * Rule 3: a phase closes when every site that is expected and connected has answered and they are enough, or at its deadline.
 *
 * Source: docs/protocol.md; Bonawitz et al. 2017 (doi 10.1145/3133956.3133982), Figure 4.
 */
import { fromHex } from '../crypto/index.ts';
import { releasedMessage } from './round-answers.ts';
import { abort, closePhase } from './round-close.ts';
import { hasEnough, isHopeless, isMember, isOpen, waitingFor } from './round-cohort.ts';
import { receive } from './round-receive.ts';
import type { RoundEvent, RoundState, Step, Summing } from './round-state.ts';
import type { RoundTerms, Verify } from './terms.ts';
import { transcriptHash } from './transcript.ts';

/**
 * Opens a round.
 *
 * @param input.expected - Roster indices of the sites connected now: these are waited for, others may still answer.
 * @param input.requiredSurvivors - Contributors that an earlier attempt at this query announced (`announcedSurvivors`), or
 *   null. The contributors must be exactly these again.
 * @returns Phase `advertising`; its `open-phase` effect is also the moment to send `open-round`.
 */
export function openRound(input: {
  readonly terms: RoundTerms;
  readonly expected: readonly number[];
  readonly requiredSurvivors: readonly number[] | null;
}): Step {
  const { terms, requiredSurvivors } = input;
  const none: ReadonlySet<number> = new Set();
  const standing = { terms, requiredSurvivors, gone: none, withdrawn: none, needing: none };
  const expected = new Set(input.expected.filter((site) => isMember(standing, site)));
  const state = { phase: 'advertising', ...standing, adverts: new Map(), expected } as const;
  return { state, effects: [{ type: 'open-phase', phase: 'advertising', limit: 'join', waitingFor: waitingFor(state) }] };
}

/**
 * One step of a round.
 *
 * @param verify - Checks an Ed25519 signature; must be deterministic, since a restart replays the events.
 * @returns The next state and what the runner has to do, in order. Nothing is thrown for anything another party does.
 */
export function roundStep(state: RoundState, event: RoundEvent, verify: Verify): Step {
  switch (event.type) {
    case 'message':
      return proceed(receive(state, event.from, event.message, verify));
    case 'deadline':
      return isOpen(state) && state.phase === event.phase ? closePhase(state) : stay(state); // else a timer that lost the race
    case 'gone':
      return isOpen(state) ? proceed(stay({ ...state, gone: new Set(state.gone).add(event.site) })) : stay(state);
    case 'back':
      return comeBack(state, event.site);
    case 'summed':
      return state.phase === 'summing' ? release(state, event.hash, event.sizeBytes) : stay(state);
    case 'lost':
      return state.phase === 'summing' ? abort(state, 'blob-missing', []) : stay(state);
    case 'cancel':
      return state.phase === 'released' || state.phase === 'aborted' ? stay(state) : abort(state, 'cancelled', []);
    default:
      return unreachable(event);
  }
}

/**
 * Contributors that the sites may already have signed for; the next attempt at the same query needs exactly these.
 *
 * @returns Rising roster indices, or null when any contributors will do.
 */
export function announcedSurvivors(state: RoundState): readonly number[] | null {
  if (state.phase === 'aborted') return state.announced;
  return 'survivors' in state ? state.survivors.map(({ site }) => site) : state.requiredSurvivors;
}

/** Closes the phase as soon as nobody is left to wait for, or as soon as waiting cannot help. */
function proceed(step: Step): Step {
  const { state, effects } = step;
  if (!isOpen(state)) return step;
  const isComplete = waitingFor(state).length === 0 && hasEnough(state);
  if (!isComplete && !isHopeless(state)) return step;
  const closed = closePhase(state);
  return { state: closed.state, effects: [...effects, ...closed.effects] };
}

function comeBack(state: RoundState, site: number): Step {
  if (!isOpen(state)) return stay(state);
  const gone = new Set(state.gone);
  gone.delete(site);
  if (state.phase !== 'advertising' || !isMember(state, site)) return stay({ ...state, gone });
  return stay({ ...state, gone, expected: new Set(state.expected).add(site) });
}

function release(state: Summing, sum: string, sumSizeBytes: number): Step {
  const { survivors } = state;
  const transcript = transcriptHash({ context: fromHex(state.context), sharers: sortedKeys(state.shares), survivors, sum });
  const released = { ...state, phase: 'released', sum, sumSizeBytes, transcript } as const;
  const message = releasedMessage(released);
  const sites = survivors.map(({ site }) => site);
  return {
    state: released,
    effects: [...sites.map((to) => ({ type: 'send', to, message }) as const), { type: 'release', survivors: sites, sum, transcript }],
  };
}

const sortedKeys = (map: ReadonlyMap<number, unknown>) => [...map.keys()].sort((a, b) => a - b);
const stay = (state: RoundState): Step => ({ state, effects: [] });

function unreachable(event: never): never {
  throw new TypeError(`roundStep: expected a round event, got ${JSON.stringify(event)}`);
}
