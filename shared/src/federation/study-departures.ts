/**
 * Hospitals that go: by their own signed word, or put off by the coordinator because nobody answers for them; and the others, who sign the list
 * without them.
 *
 * Rule: nobody is put off whose numbers the next sum needs by its frozen cohort. Going on without it would show them by subtraction.
 */
import { fromBase64 } from '../crypto/index.ts';
import { rosterHash, shorterRoster, type Verify } from '../identity/index.ts';
import { approveBytes, leaveBytes, roundStep, type SiteSays } from '../protocol/index.ts';
import { andThen, announcePhase, phaseMessage, refuse, rejectMessage, type StudyStep, stay } from './study-effects.ts';
import { approve, MOST_WORDS } from './study-people.ts';
import { applyRound, isNeeded, openNext, pauseFor } from './study-rounds.ts';
import { type Departure, indexOf, replaceSite, type StudyState, siteById } from './study-state.ts';
import { isSuccessionSigned, lackingSignatures, mayGoOnWithout, proposed, succeeded } from './study-successor.ts';

/** A hospital's own word that it leaves; it is written down in any phase, once. */
export function leave(state: StudyState, id: string, message: SiteSays<'leave'>, verify: Verify): StudyStep {
  const site = siteById(state, id);
  if (site?.departure?.by === 'hospital') return stay(state);
  const key = site?.deviceKey ?? null;
  if (key === null || !verify(fromBase64(key), leaveBytes({ study: state.study, id }), fromBase64(message.signature)))
    return rejectMessage(state, id, 'leave', null, 'bad-signature');
  const { signature } = message;
  return departs(state, id, { by: 'hospital', signature, successor: ownSuccession(state, id, message, verify) }, verify);
}

/** The leaving hospital's signature under the list without it; anything else counts as none. */
function ownSuccession(state: StudyState, id: string, { successor }: SiteSays<'leave'>, verify: Verify): SiteSays<'leave'>['successor'] {
  if (successor === null || state.roster === null || indexOf(state, id) === null) return null;
  const next = shorterRoster(state.roster, [id]);
  const isGood = successor.rosterHash === rosterHash(next) && isSuccessionSigned(state, id, next, successor.signature, verify);
  return isGood ? successor : null;
}

/** The coordinator puts a hospital off; the list without it is nothing before the others have signed it. */
export function putOff(state: StudyState, id: string, verify: Verify): StudyStep {
  const index = indexOf(state, id);
  if (index === null) return refuse(state, id, 'site-unknown');
  if (state.phase !== 'signing' && state.phase !== 'running' && state.phase !== 'paused') return refuse(state, id, 'wrong-phase');
  if (siteById(state, id)?.departure !== null) return stay(state);
  if (isNeeded(state, index)) return refuse(state, id, 'cohort-frozen');
  const gone = state.sites.filter(({ departure }) => departure !== null).map((site) => site.id);
  if (!mayGoOnWithout(state, [...gone, id])) return refuse(state, id, 'too-few-hospitals');
  return departs(state, id, { by: 'coordinator' }, verify);
}

function departs(state: StudyState, id: string, departure: Departure, verify: Verify): StudyStep {
  const next = replaceSite(state, id, { departure, bands: null });
  const told: StudyStep = { state: next, effects: announcePhase(next) };
  const { round } = next;
  const index = indexOf(next, id);
  if (index === null) return told;
  if (round !== null) return andThen(told, (at) => applyRound(at, roundStep(round, { type: 'gone', site: index }, verify)));
  return andThen(told, next.phase === 'signing' ? asked : openNext);
}

/** While signatures are being gathered: asks for the list without those who are gone, unless another is being signed. */
function asked(state: StudyState): StudyStep {
  const step = proposed(state);
  return step === 'too-few' ? pauseFor(state, 'too-few-left', null) : (step ?? stay(state));
}

/** One signature under the next list, with one under the plan. */
export function succeed(state: StudyState, id: string, message: SiteSays<'succeed'>, verify: Verify): StudyStep {
  const { proposal } = state;
  const site = siteById(state, id);
  const entry = proposal?.roster.sites.find((one) => one.id === id);
  if (proposal === null || message.rosterHash !== rosterHash(proposal.roster)) {
    // The list came into force without this signature under it; the one under the plan still counts.
    const { planHash } = state;
    const { rosterHash: list, clientHash, approval: signature } = message;
    const approval = { protocol: 1, study: state.study, kind: 'approve', planHash, rosterHash: list, clientHash, signature } as const;
    const isInForce = state.roster !== null && list === rosterHash(state.roster);
    return isInForce ? approve(state, id, approval, verify) : rejectMessage(state, id, 'succeed', null, 'roster-mismatch');
  }
  if (site === undefined || entry === undefined) return rejectMessage(state, id, 'succeed', null, 'not-on-roster');
  const { clientHash, signature, approval } = message;
  const given = { planHash: state.planHash, rosterHash: message.rosterHash, clientHash };
  const bytes = approveBytes({ roster: proposal.roster, site: entry.index }, given);
  const isApproved = site.deviceKey !== null && verify(fromBase64(site.deviceKey), bytes, fromBase64(approval));
  if (!isApproved || !isSuccessionSigned(state, id, proposal.roster, signature, verify))
    return rejectMessage(state, id, 'succeed', null, 'bad-signature');
  const signatures = [...proposal.signatures.filter((one) => one.site !== entry.index), { site: entry.index, signature }];
  if (proposal.approvals[id]?.signature === approval) return { state, effects: [{ type: 'send', site: id, message: phaseMessage(state) }] };
  if (site.words.approve >= MOST_WORDS) return rejectMessage(state, id, 'succeed', null, 'too-many-changes');
  const words = { ...site.words, approve: site.words.approve + 1 };
  const approvals = { ...proposal.approvals, [id]: { ...given, signature: approval } };
  const next = replaceSite({ ...state, proposal: { ...proposal, signatures, approvals } }, id, { words });
  if (lackingSignatures(next) > 0) return { state: next, effects: announcePhase(next) };
  return andThen(succeeded(next), goOn);
}

/** Under the new list: again without somebody, on with the sums, or waiting for the signatures that are missing. */
function goOn(state: StudyState): StudyStep {
  const step = asked(state);
  if (step.state !== state) return step;
  const isComplete = state.roster?.sites.every(({ id }) => siteById(state, id)?.hasApproved === true) === true;
  if (!isComplete) return stay(state);
  const running: StudyState = { ...state, phase: 'running' };
  return andThen({ state: running, effects: announcePhase(running) }, openNext);
}
