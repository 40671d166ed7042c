/** Rounds one after another: opening the next, following the open one, and what a release or an abort means for the study. */
import {
  openRound,
  type Query,
  queryHash,
  type RejectionCode,
  type RoundState,
  roundStep,
  type SiteMessage,
  type Step,
  toAdvert,
} from '../protocol/index.ts';
import { type EncodedVector, thresholds } from '../secagg/index.ts';
import type { RoundOutcome, Verify } from './contracts.ts';
import { advance, nextQuery } from './programme.ts';
import { required } from './required.ts';
import { stateBytes, stateHash } from './state-bytes.ts';
import { andThen, announcePhase, type StudyEffect, type StudyStep, stay } from './study-effects.ts';
import { deviceKeys, idOf, type PauseReason, presentIndices, type StudyState, siteById } from './study-state.ts';
import { proposed } from './study-successor.ts';

/** After so many aborts in a row a person decides. */
const MOST_FAILURES = 3;

/** Opens the next round if the study runs, none is open, and the sites it needs are there; else says what it waits for. */
export function openNext(state: StudyState): StudyStep {
  const isWaiting = state.phase === 'paused' && state.paused?.reason === 'waiting-for-hospitals';
  if ((state.phase !== 'running' && !isWaiting) || state.round !== null) return stay(state);
  const programme = required(state.programme, 'programme');
  const query = nextQuery(state.plan, programme);
  if (query === null) return finish(state);
  if (isStuck(state, query)) return pauseFor(state, 'hospital-left', null);
  const successor = proposed(state);
  if (successor !== null) return successor === 'too-few' ? pauseFor(state, 'too-few-left', null) : successor;
  const expected = expectedSites(state, query);
  if (expected === null) return isWaiting ? stay(state) : pauseFor(state, 'waiting-for-hospitals', null);
  const round = state.roundNumber + 1;
  const running: StudyState = { ...state, phase: 'running', paused: null, roundNumber: round };
  const opened = openRound({
    terms: {
      study: state.study,
      planHash: state.planHash,
      roster: required(state.roster, 'roster'),
      keys: deviceKeys(state),
      round,
      query,
      modelHash: state.modelHash,
      previousTranscript: state.transcript,
      colluders: state.plan.rounds.colluders,
      minimum: state.plan.rounds.minContributors,
    },
    expected,
    requiredSurvivors: state.announced[hashOf(state, query)] ?? null,
  });
  const announced = state.phase === 'paused' ? announcePhase(running) : [];
  return andThen({ state: running, effects: announced }, (at) => applyRound(at, opened));
}

/** The sites that must be in a sum: its frozen cohort, or the one announced before; null where any may. */
const neededSites = (state: StudyState, query: Query): readonly number[] | null =>
  query.cohort ?? state.announced[hashOf(state, query)] ?? null;

/** Whether the next sum needs a hospital that has gone: then no list helps, since the sums without it would show it. */
function isStuck(state: StudyState, query: Query): boolean {
  const standing = (state.roster?.sites ?? []).filter(({ id }) => siteById(state, id)?.departure === null).map(({ index }) => index);
  return neededSites(state, query)?.some((index) => !standing.includes(index)) === true;
}

/** Whether the open or the next sum must have this site. */
export function isNeeded(state: StudyState, index: number): boolean {
  const query = state.round?.terms.query ?? (state.programme === null ? null : nextQuery(state.plan, state.programme));
  return query !== null && neededSites(state, query)?.includes(index) === true;
}

/** The sites a round would ask, or null when too few are present. */
function expectedSites(state: StudyState, query: Query): number[] | null {
  const present = presentIndices(state);
  const needed = neededSites(state, query);
  if (needed !== null) return needed.every((index) => present.includes(index)) ? [...needed] : null;
  const { colluders, minContributors, quorum } = state.plan.rounds;
  const { minimum } = thresholds(Math.max(1, present.length), colluders, minContributors);
  return present.length >= Math.max(minimum, quorum) ? present : null;
}

/** Carries a step of the round into the study. */
export function applyRound(state: StudyState, { state: round, effects }: Step): StudyStep {
  return effects.reduce<StudyStep>((soFar, effect) => andThen(soFar, (at) => applyRoundEffect(at, effect)), {
    state: { ...state, round },
    effects: [],
  });
}

function applyRoundEffect(state: StudyState, effect: Step['effects'][number]): StudyStep {
  switch (effect.type) {
    case 'send':
      return { state, effects: [{ type: 'send', site: idOf(state, effect.to), message: effect.message }] };
    case 'open-phase': {
      const seconds = limitsOf(state)[LIMITS[effect.limit]];
      const waiting = { phase: effect.phase, sites: effect.waitingFor, limitSeconds: seconds };
      const timer: StudyEffect = { type: 'timer', timer: { round: state.roundNumber, phase: effect.phase, seconds } };
      const calls = effect.phase === 'advertising' ? effect.waitingFor.flatMap((index) => callToRound(state, index)) : [];
      return { state: { ...state, waiting }, effects: [timer, ...calls] };
    }
    case 'catch-up': {
      const adverts = effect.adverts.map(toAdvert);
      const message = {
        protocol: 1,
        study: state.study,
        kind: 'catch-up',
        round: state.roundNumber,
        state: state.modelHash,
        adverts,
      } as const;
      return { state, effects: [{ type: 'send', site: idOf(state, effect.to), message }] };
    }
    case 'reject': {
      const { to, kind, code, round } = effect;
      const message = { protocol: 1, study: state.study, kind: 'rejected', round, rejected: kind, code } as const;
      const site = idOf(state, to);
      return {
        state,
        effects: [
          { type: 'send', site, message },
          { type: 'refuse', site, code },
        ],
      };
    }
    case 'sum':
      return {
        state,
        effects: [
          { type: 'timer', timer: null },
          { type: 'sum', round: state.roundNumber, job: effect },
        ],
      };
    case 'release':
      return stay({ ...state, transcript: effect.transcript });
    case 'abort':
      return aborted(state, effect.code);
  }
}

const LIMITS = { join: 'joinSeconds', train: 'trainSeconds', answer: 'answerSeconds' } as const;

const limitsOf = ({ plan }: StudyState) => ({
  joinSeconds: plan.rounds.joinSeconds,
  trainSeconds: plan.rounds.trainSeconds,
  answerSeconds: plan.rounds.answerSeconds,
});

const hashOf = (state: StudyState, query: Query): string => queryHash({ query, planHash: state.planHash, modelHash: state.modelHash });

/** The runner has added the masked vectors: the round releases, and the study learns. */
export function summed(
  state: StudyState,
  event: { readonly round: number; readonly hash: string; readonly sizeBytes: number },
  sum: EncodedVector,
  verify: Verify,
): StudyStep {
  if (state.round?.phase !== 'summing' || event.round !== state.roundNumber) return stay(state);
  const survivors = survivorsOf(state);
  const { query } = state.round.terms;
  const released = applyRound(state, roundStep(state.round, { type: 'summed', hash: event.hash, sizeBytes: event.sizeBytes }, verify));
  const programme = advance(state.plan, required(state.programme, 'programme'), sum, survivors);
  const bytes = stateBytes(programme);
  const next: StudyState = {
    ...released.state,
    round: null,
    lastReleased: released.state.round,
    waiting: null,
    programme,
    modelHash: stateHash(programme),
    announced: {},
    sums: [...state.sums, event.hash],
    failedInARow: 0,
    timeline: [...state.timeline, outcomeOf(state, query, 'released', null, survivors)],
  };
  const hashes = [...vectorsOf(state.lastReleased), state.modelHash].filter((hash) => !needsBlob(next, hash));
  const forget: StudyEffect = { type: 'forget', hashes };
  const learned: StudyStep = {
    state: next,
    effects: [...released.effects, { type: 'timer', timer: null }, { type: 'keep', bytes }, forget],
  };
  return andThen(learned, (at) => openNext(at));
}

/**
 * Whether a blob must stay: a sum, because replaying the log needs it; the model; the masked vectors of the open and of the last
 * released round. A hash says nothing of who named it, so what one site is done with can be what another relies on.
 */
export const needsBlob = (state: StudyState, hash: string): boolean =>
  hash === state.modelHash ||
  state.sums.includes(hash) ||
  [state.round, state.lastReleased].some((round) => vectorsOf(round).includes(hash));

/** Masked vectors of a round. */
const vectorsOf = (round: RoundState | null): string[] =>
  round !== null && 'vectors' in round ? [...round.vectors.values()].map(({ hash }) => hash) : [];

function aborted(state: StudyState, code: RejectionCode): StudyStep {
  const query = required(state.round, 'round').terms.query;
  const failedInARow = state.failedInARow + 1;
  const timeline = [...state.timeline, outcomeOf(state, query, 'aborted', code, [])];
  const cohort = state.round?.phase === 'aborted' ? state.round.announced : null;
  const announced = cohort === null ? state.announced : { ...state.announced, [hashOf(state, query)]: cohort };
  const closed: StudyState = { ...state, round: null, waiting: null, announced, failedInARow, timeline };
  const effects: StudyEffect[] = [{ type: 'timer', timer: null }];
  if (code === 'cancelled') return { state: closed, effects };
  if (failedInARow >= MOST_FAILURES)
    return andThen({ state: closed, effects }, (at) => pauseFor({ ...at, failedInARow: 0 }, 'round-failed', code));
  return andThen({ state: closed, effects }, (at) => openNext(at));
}

const survivorsOf = (state: StudyState): number[] => {
  const { round } = state;
  return round?.phase === 'summing' ? round.survivors.map(({ site }) => site) : [];
};

function outcomeOf(
  state: StudyState,
  query: Query,
  outcome: RoundOutcome['outcome'],
  code: RejectionCode | null,
  survivors: readonly number[],
): RoundOutcome {
  const asked = query.cohort ?? state.roster?.sites.map(({ index }) => index) ?? [];
  const dropped = outcome === 'released' ? asked.filter((index) => !survivors.includes(index)) : [];
  return {
    round: state.roundNumber,
    kind: query.kind,
    label: query.label,
    outcome,
    code,
    survivors: survivors.map((index) => idOf(state, index)),
    dropped: dropped.map((index) => idOf(state, index)),
  };
}

/** Stops opening rounds; a round that is open goes on to its end. */
export function pauseFor(state: StudyState, reason: PauseReason, code: RejectionCode | null): StudyStep {
  const next: StudyState = { ...state, phase: 'paused', paused: { reason, code } };
  return { state: next, effects: announcePhase(next) };
}

function finish(state: StudyState): StudyStep {
  const next: StudyState = { ...state, phase: 'finished', paused: null };
  return { state: next, effects: [{ type: 'timer', timer: null }, ...announcePhase(next)] };
}

/** A message of a round, from a site on the roster. */
export function roundMessage(state: StudyState, index: number, message: SiteMessage, verify: Verify): StudyStep {
  if (state.round === null) {
    const code: RejectionCode = 'late';
    const round = 'round' in message ? message.round : null;
    const rejected = { protocol: 1, study: state.study, kind: 'rejected', round, rejected: message.kind, code } as const;
    return {
      state,
      effects: [
        { type: 'send', site: idOf(state, index), message: rejected },
        { type: 'refuse', site: idOf(state, index), code },
      ],
    };
  }
  return applyRound(state, roundStep(state.round, { type: 'message', from: index, message }, verify));
}

/** `open-round` for one site, while the first phase lasts. */
export function callToRound(state: StudyState, index: number): StudyEffect[] {
  const { round } = state;
  if (round?.phase !== 'advertising' || round.terms.query.cohort?.includes(index) === false) return [];
  const { query, modelHash, previousTranscript } = round.terms;
  const limits = limitsOf(state);
  const message = {
    protocol: 1,
    study: state.study,
    round: state.roundNumber,
    kind: 'open-round',
    query,
    modelHash,
    previousTranscript,
    limits,
  } as const;
  return [{ type: 'send', site: idOf(state, index), message }];
}
