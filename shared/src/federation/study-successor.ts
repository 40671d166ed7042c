/**
 * The list of hospitals after one that left: who is to sign it, and when it takes the place of the one in force.
 *
 * Rules: one successor is being signed at a time, since a site signs one of each version; it leaves out every hospital that is gone by then. It is in force with t of
 * the sites of the list before, the leaving one's signature among them. While no sum has been released, the model begins anew with fewer sites.
 */
import { fromBase64 } from '../crypto/index.ts';
import { goneFrom, type Roster, rosterHash, shorterRoster, successionBytes, type Verify } from '../identity/index.ts';
import { thresholds } from '../secagg/index.ts';
import type { SuccessorView } from './contracts.ts';
import { emptyProgramme } from './programme-state.ts';
import { required } from './required.ts';
import { stateBytes, stateHash } from './state-bytes.ts';
import {
  announcePhase,
  approvalsMessage,
  introduction,
  proposalMessage,
  type StudyEffect,
  type StudyStep,
  toAll,
} from './study-effects.ts';
import { indexOf, replaceSite, type StudyState, siteById } from './study-state.ts';
import { settledApprovals } from './whole-approval.ts';

/** Hospitals of the list in force that take no further part. */
const departed = ({ roster, sites }: StudyState): readonly string[] =>
  (roster?.sites ?? []).filter(({ id }) => sites.some((site) => site.id === id && site.departure !== null)).map(({ id }) => id);

/** Whether enough hospitals stay for the plan. */
export function mayGoOnWithout(state: StudyState, gone: readonly string[]): boolean {
  const { colluders, minContributors, quorum } = state.plan.rounds;
  const stay = required(state.roster, 'roster').sites.filter(({ id }) => !gone.includes(id)).length;
  return stay >= Math.max(thresholds(Math.max(1, stay), colluders, minContributors).minimum, quorum);
}

/** The list without those who are gone, for the others to sign; null where nobody is gone or it is being signed already. */
export function proposed(state: StudyState): StudyStep | 'too-few' | null {
  const gone = departed(state);
  if (gone.length === 0 || state.proposal !== null) return null;
  if (!mayGoOnWithout(state, gone)) return 'too-few';
  const current = required(state.roster, 'roster');
  const next = shorterRoster(current, gone);
  const signatures = gone.flatMap((id) => {
    const departure = siteById(state, id)?.departure ?? null;
    const own = departure?.by === 'hospital' && departure.successor?.rosterHash === rosterHash(next) ? departure.successor : null;
    return own === null ? [] : [{ site: required(indexOf(state, id), 'index'), signature: own.signature }];
  });
  const asking: StudyState = { ...state, phase: 'signing', paused: null, proposal: { roster: next, signatures, approvals: {} } };
  return { state: asking, effects: [...toNext(asking, next), ...announcePhase(asking)] };
}

function toNext(state: StudyState, next: Roster): StudyEffect[] {
  const asked = state.sites.filter(({ id, isConnected }) => isConnected && next.sites.some((entry) => entry.id === id));
  return asked.flatMap(({ id }) => proposalMessage(state).map((message): StudyEffect => ({ type: 'send', site: id, message })));
}

/** Whether a site of the list in force has signed the one that is to follow it, by the device that speaks for it. */
export function isSuccessionSigned(state: StudyState, id: string, next: Roster, signature: string, verify: Verify): boolean {
  const key = siteById(state, id)?.deviceKey ?? null;
  const [current, site] = [state.roster, indexOf(state, id)];
  if (key === null || current === null || site === null) return false;
  return verify(fromBase64(key), successionBytes({ current, next, site }), fromBase64(signature));
}

/** Signatures that the next list lacks before it is in force; 0 where there is none. */
export function lackingSignatures({ roster, proposal, plan }: StudyState): number {
  if (roster === null || proposal === null) return 0;
  const { colluders, minContributors } = plan.rounds;
  const { threshold } = thresholds(roster.sites.length, colluders, minContributors);
  return Math.max(0, threshold - proposal.signatures.length);
}

export function successorView(state: StudyState): SuccessorView | null {
  const { roster, proposal } = state;
  if (roster === null || proposal === null) return null;
  const without = goneFrom(roster, proposal.roster).map(({ id }) => id);
  return { version: proposal.roster.version, without, signed: Object.keys(proposal.approvals), lacking: lackingSignatures(state) };
}

/** The next list takes the place of the one in force; the plan counts as signed by those who signed both at once. */
export function succeeded(state: StudyState): StudyStep {
  const current = required(state.roster, 'roster');
  const { roster, signatures, approvals } = required(state.proposal, 'proposal');
  const fresh = state.sums.length === 0 ? emptyProgramme(state.planHash, roster.sites.length) : null;
  const unsigned = goneFrom(current, roster).reduce<StudyState>((at, { id }) => replaceSite(at, id, { hasApproved: false }), state);
  const next: StudyState = settledApprovals({
    ...unsigned,
    roster,
    approvals,
    rosterSignatures: signatures,
    earlierRosters: [...state.earlierRosters, { roster: current, signatures: state.rosterSignatures }],
    proposal: null,
    ...(fresh === null ? {} : { programme: fresh, modelHash: stateHash(fresh), announced: {} }),
  });
  const keep: StudyEffect[] = fresh === null ? [] : [{ type: 'keep', bytes: stateBytes(fresh) }];
  return { state: next, effects: [...keep, ...toAll(next, [...introduction(next), ...approvalsMessage(next)]), ...announcePhase(next)] };
}
