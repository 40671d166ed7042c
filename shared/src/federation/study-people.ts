/** Who takes part: joining, connecting, being ready, and signing the plan with the roster. */
import { fromBase64 } from '../crypto/index.ts';
import { approveBytes, NO_HASH, type Roster, resendFor, rosterHash, roundStep, type SiteSays } from '../protocol/index.ts';
import { thresholds } from '../secagg/index.ts';
import type { StudyEvent, Verify } from './contracts.ts';
import { emptyProgramme } from './programme-state.ts';
import { stateBytes, stateHash } from './state-bytes.ts';
import { isGenuine, isOthersDevice } from './study-devices.ts';
import {
  andThen,
  announcePhase,
  approvalsMessage,
  introduction,
  phaseMessage,
  refuse,
  rejectMessage,
  type StudyEffect,
  type StudyStep,
  stay,
  toAll,
  welcomeMessages,
} from './study-effects.ts';
import { applyRound, callToRound, openNext } from './study-rounds.ts';
import { lacksSigner, takeSignature } from './study-signers.ts';
import { indexOf, isPresent, replaceSite, type StudySigner, type StudyState, siteById } from './study-state.ts';
import { settledApprovals } from './whole-approval.ts';

const NOBODY_YET = {
  ...{ isConnected: false, load: null, bands: null, hasApproved: false, signers: [], departure: null },
  words: { ready: 0, approve: 0 },
};

/** Words of one kind that a site may change: enough for every change of mind, too few to fill a log. */
export const MOST_WORDS = 50;

/** A site joins with the certificate of its first device, which names its root key. */
export function join(state: StudyState, event: Extract<StudyEvent, { type: 'joined' }>, verify: Verify): StudyStep {
  if (state.phase !== 'gathering') return refuse(state, event.site, 'study-closed');
  const known = siteById(state, event.site);
  if (known !== undefined) return known.rootKey === event.certificate.rootKey ? stay(state) : refuse(state, event.site, 'taken');
  const { site: id, name, certificate } = event;
  const { rootKey, key: deviceKey } = certificate;
  if (state.sites.some((site) => site.rootKey === rootKey) || isOthersDevice(state, certificate)) return refuse(state, id, 'taken');
  if (!isGenuine(state, certificate, verify)) return refuse(state, id, 'bad-signature');
  const next = {
    ...state,
    sites: [...state.sites, { id, name, rootKey, deviceKey, ...NOBODY_YET }],
    certificates: [...state.certificates, certificate],
  };
  return { state: next, effects: announcePhase(next) };
}

/** A site's socket is there: the same page load goes on where it was; another one has lost its rows and its round. */
export function connect(state: StudyState, id: string, load: string, verify: Verify): StudyStep {
  const site = siteById(state, id);
  if (site === undefined) return refuse(state, id, 'site-unknown');
  const isSameLoad = site.load === load;
  const anew = { isConnected: true, load, bands: null, words: { ...site.words, ready: 0 } };
  const connected = replaceSite(state, id, isSameLoad ? { isConnected: true } : anew);
  const greeted: StudyStep = {
    state: connected,
    effects: welcomeMessages(connected, id).map((message) => ({ type: 'send', site: id, message })),
  };
  const index = indexOf(state, id);
  if (index === null) return greeted;
  const { round, lastReleased } = state;
  const due = isSameLoad ? [lastReleased, round].flatMap((one) => (one === null ? [] : resendFor(one, index))) : [];
  const resent: StudyStep = {
    state: connected,
    effects: [...greeted.effects, ...due.map((message): StudyEffect => ({ type: 'send', site: id, message }))],
  };
  if (round === null) return andThen(resent, openNext);
  const moved = andThen(resent, (next) => applyRound(next, roundStep(round, { type: isSameLoad ? 'back' : 'gone', site: index }, verify)));
  return isSameLoad ? andThen(moved, (next) => ({ state: next, effects: callToRound(next, index) })) : moved;
}

export function disconnect(state: StudyState, id: string, verify: Verify): StudyStep {
  if (siteById(state, id) === undefined) return stay(state);
  const next = replaceSite(state, id, { isConnected: false });
  const announced: StudyStep = { state: next, effects: announcePhase(next) };
  const index = indexOf(state, id);
  const { round } = state;
  if (index === null || round === null) return announced;
  return andThen(announced, (at) => applyRound(at, roundStep(round, { type: 'gone', site: index }, verify)));
}

/** The same word again changes nothing, and is answered as the first time. */
export function ready(state: StudyState, id: string, message: SiteSays<'ready'>, isGenuine: boolean): StudyStep {
  const site = siteById(state, id);
  if (!isGenuine || site === undefined) return rejectMessage(state, id, 'ready', null, 'bad-signature');
  const { rows, events } = message;
  const isSame = site.bands?.rows === rows && site.bands.events === events;
  if (!isSame && site.words.ready >= MOST_WORDS) return rejectMessage(state, id, 'ready', null, 'too-many-changes');
  const words = { ...site.words, ready: site.words.ready + 1 };
  const next = isSame ? state : replaceSite(state, id, { bands: { rows, events }, words });
  const index = indexOf(next, id);
  const calls = index === null ? [] : callToRound(next, index);
  return andThen({ state: next, effects: [...announcePhase(next), ...calls] }, (at) => openNext(at));
}

/** The person at the console closes the list of sites: those that are present form the roster, and sign. */
export function start(state: StudyState): StudyStep {
  if (state.phase !== 'gathering') return refuse(state, null, 'wrong-phase');
  const present = state.sites.filter(isPresent);
  const { colluders, minContributors, quorum } = state.plan.rounds;
  const { minimum } = thresholds(Math.max(1, present.length), colluders, minContributors);
  if (present.length < Math.max(minimum, quorum)) return refuse(state, null, 'too-few-hospitals');
  if (present.some(lacksSigner)) return refuse(state, null, 'signers-incomplete');
  const roster: Roster = {
    version: 1,
    previous: NO_HASH,
    study: state.study,
    sites: present.map(({ id, name, rootKey, signers }, index) => ({ index, id, name, rootKey, ...listed(signers) })),
    coordinatorKey: state.coordinatorKey,
    policy: { minimum },
  };
  const programme = emptyProgramme(state.planHash, roster.sites.length);
  const next: StudyState = { ...state, phase: 'signing', roster, programme, modelHash: stateHash(programme) };
  const rosters = present.flatMap((site) => introduction(next).map((message): StudyEffect => ({ type: 'send', site: site.id, message })));
  return { state: next, effects: [{ type: 'keep', bytes: stateBytes(programme) }, ...rosters, ...announcePhase(next)] };
}

const listed = (signers: readonly StudySigner[]): Pick<Roster['sites'][number], 'signers'> =>
  signers.length === 0 ? {} : { signers: signers.map(({ certificate }) => certificate) };

/**
 * A site's signature over plan, roster and client; the first round opens with the last of them. Rounds stand on the yes they began with: once a
 * site's is whole, another device or build of it is answered, and its own word is good, but the yes that all others have seen stays.
 */
export function approve(state: StudyState, id: string, message: SiteSays<'approve'>, verify: Verify): StudyStep {
  const index = indexOf(state, id);
  const site = siteById(state, id);
  if (state.roster === null || index === null || site === undefined) return rejectMessage(state, id, 'approve', null, 'not-on-roster');
  if (message.planHash !== state.planHash) return rejectMessage(state, id, 'approve', null, 'wrong-plan');
  if (message.rosterHash !== rosterHash(state.roster)) return rejectMessage(state, id, 'approve', null, 'roster-mismatch');
  const { planHash, clientHash } = message;
  const bytes = approveBytes({ roster: state.roster, site: index }, { planHash, rosterHash: message.rosterHash, clientHash });
  if (site.deviceKey === null || !verify(fromBase64(site.deviceKey), bytes, fromBase64(message.signature)))
    return rejectMessage(state, id, 'approve', null, 'bad-signature');
  const { signature } = message;
  const isKept = site.hasApproved && state.phase !== 'signing';
  if (isKept || state.approvals[id]?.signature === signature)
    return { state, effects: [{ type: 'send', site: id, message: phaseMessage(state) }] };
  if (site.words.approve >= MOST_WORDS) return rejectMessage(state, id, 'approve', null, 'too-many-changes');
  const approvals = { ...state.approvals, [id]: { planHash, rosterHash: message.rosterHash, clientHash, signature } };
  const words = { ...site.words, approve: site.words.approve + 1 };
  return signedOn(replaceSite({ ...state, approvals }, id, { words }), id);
}

/** A person's signature for a site, beside that of its device. */
export function approveAsPerson(state: StudyState, event: Extract<StudyEvent, { type: 'person-approved' }>, verify: Verify): StudyStep {
  const taken = takeSignature(state, event, verify);
  return taken.state === state ? taken : signedOn(taken.state, event.site);
}

/** After a signature of a site: the last one of all begins the rounds. */
function signedOn(state: StudyState, id: string): StudyStep {
  const next = settledApprovals(state);
  const isComplete = next.roster?.sites.every((entry) => siteById(next, entry.id)?.hasApproved === true) === true;
  if (next.phase !== 'signing' || next.proposal !== null || !isComplete)
    return { state: next, effects: [{ type: 'send', site: id, message: phaseMessage(next) }, ...announcePhase(next)] };
  const running: StudyState = { ...next, phase: 'running' };
  return andThen({ state: running, effects: [...toAll(running, approvalsMessage(running)), ...announcePhase(running)] }, (at) =>
    openNext(at),
  );
}
