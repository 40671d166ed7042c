/**
 * A study at its coordinator as a state machine: `studyStep(state, event) → { state, effects }`, pure and total.
 * Replaying the events of the log gives the state back.
 */
import { fromBase64 } from '../crypto/index.ts';
import { NO_HASH, readyBytes, roundStep, type SiteMessage } from '../protocol/index.ts';
import type { EncodedVector } from '../secagg/index.ts';
import type { StudyEvent, Verify } from './contracts.ts';
import { leave, putOff, succeed } from './study-departures.ts';
import { certify, remove, suspend } from './study-devices.ts';
import { andThen, announcePhase, refuse, rejectMessage, type StudyStep, stay } from './study-effects.ts';
import { approve, approveAsPerson, connect, disconnect, join, ready, start } from './study-people.ts';
import { applyRound, openNext, pauseFor, roundMessage, summed } from './study-rounds.ts';
import { certifySigner, takeRefusal, withdrawSigner } from './study-signers.ts';
import { indexOf, type StudyState, siteById } from './study-state.ts';

/** What a step may use: deterministic functions and the bytes an event only names. */
export interface StudyTools {
  readonly verify: Verify;
  /** The sum that a `summed` event names. */
  readonly sum: EncodedVector | null;
}

/** The state after the first event of every log. */
export function openStudy(event: Extract<StudyEvent, { type: 'created' }>): StudyState {
  const { study, plan, planHash, coordinatorKey } = event;
  return {
    study,
    plan,
    planHash,
    coordinatorKey,
    phase: 'gathering',
    paused: null,
    sites: [],
    certificates: [],
    suspensions: [],
    approvals: {},
    roster: null,
    rosterSignatures: [],
    earlierRosters: [],
    proposal: null,
    programme: null,
    modelHash: NO_HASH,
    transcript: NO_HASH,
    roundNumber: 0,
    round: null,
    lastReleased: null,
    waiting: null,
    announced: {},
    sums: [],
    failedInARow: 0,
    timeline: [],
  };
}

export function studyStep(state: StudyState, event: StudyEvent, tools: StudyTools): StudyStep {
  switch (event.type) {
    case 'created':
      return stay(state);
    case 'joined':
      return join(state, event, tools.verify);
    case 'certified':
      return certify(state, event, tools.verify);
    case 'removed':
      return remove(state, event.site);
    case 'put-off':
      return putOff(state, event.site, tools.verify);
    case 'suspended':
      return suspend(state, event, tools.verify);
    case 'person-certified':
      return certifySigner(state, event, tools.verify);
    case 'person-withdrawn':
      return withdrawSigner(state, event, tools.verify);
    case 'person-approved':
      return approveAsPerson(state, event, tools.verify);
    case 'person-refused':
      return takeRefusal(state, event, tools.verify);
    case 'connected':
      return connect(state, event.site, event.load, tools.verify);
    case 'disconnected':
      return disconnect(state, event.site, tools.verify);
    case 'message':
      return receive(state, event.site, event.message, tools.verify);
    case 'deadline':
      if (state.round === null || event.round !== state.roundNumber || event.phase !== state.round.phase) return stay(state);
      return applyRound(state, roundStep(state.round, { type: 'deadline', phase: state.round.phase }, tools.verify));
    case 'summed':
      return tools.sum === null ? stay(state) : summed(state, event, tools.sum, tools.verify);
    case 'lost':
      if (state.round?.phase !== 'summing' || event.round !== state.roundNumber) return stay(state);
      return applyRound(state, roundStep(state.round, { type: 'lost' }, tools.verify));
    case 'turned-away':
      return stay(state);
    case 'start':
      return start(state);
    case 'pause':
      return state.phase === 'running' || state.phase === 'paused'
        ? pauseFor(state, 'coordinator', null)
        : refuse(state, null, 'wrong-phase');
    case 'resume':
      return resume(state);
    case 'stop':
      return stop(state, tools.verify);
  }
}

function receive(state: StudyState, id: string, message: SiteMessage, verify: Verify): StudyStep {
  const site = siteById(state, id);
  if (site === undefined) return refuse(state, id, 'not-on-roster');
  if (message.study !== state.study) return rejectMessage(state, id, message.kind, null, 'wrong-study');
  if (message.kind === 'ready') {
    const { rows, events, checks, signature } = message;
    const bytes = readyBytes({ study: state.study, id, rows, events, checks });
    return ready(state, id, message, site.deviceKey !== null && verify(fromBase64(site.deviceKey), bytes, fromBase64(signature)));
  }
  if (message.kind === 'approve') return approve(state, id, message, verify);
  if (message.kind === 'leave') return leave(state, id, message, verify);
  if (message.kind === 'succeed') return succeed(state, id, message, verify);
  const index = indexOf(state, id);
  return index === null
    ? rejectMessage(state, id, message.kind, message.round, 'not-on-roster')
    : roundMessage(state, index, message, verify);
}

function resume(state: StudyState): StudyStep {
  if (state.phase !== 'paused') return refuse(state, null, 'wrong-phase');
  const running: StudyState = { ...state, phase: 'running', paused: null, failedInARow: 0 };
  return andThen({ state: running, effects: announcePhase(running) }, openNext);
}

/** Ends the study for good: an open round is cancelled, nothing of it is used. */
function stop(state: StudyState, verify: Verify): StudyStep {
  if (state.phase === 'finished' || state.phase === 'stopped') return refuse(state, null, 'wrong-phase');
  const stopped: StudyState = { ...state, phase: 'stopped', paused: null };
  const { round } = state;
  const cancelled: StudyStep = round === null ? stay(stopped) : applyRound(stopped, roundStep(round, { type: 'cancel' }, verify));
  return andThen(cancelled, (at) => ({ state: at, effects: announcePhase(at) }));
}
