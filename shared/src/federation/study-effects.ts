/** What a study asks of the world, and small makers of effects. */
import { goneFrom, rosterHash, type SignerFlaw } from '../identity/index.ts';
import type { CoordinatorMessage, CoordinatorSays, RejectionCode, RoundEffect } from '../protocol/index.ts';
import type { StudyTimer } from './contracts.ts';
import { isPresent, type SignedRoster, type StudyState, siteById } from './study-state.ts';
import { hasSigned, wholeApproval } from './whole-approval.ts';

export type SumJob = Extract<RoundEffect, { type: 'sum' }>;

export type StudyEffect =
  | { readonly type: 'send'; readonly site: string; readonly message: CoordinatorMessage }
  | { readonly type: 'timer'; readonly timer: StudyTimer | null }
  /** Add the masked vectors and dispatch `summed`. */
  | { readonly type: 'sum'; readonly round: number; readonly job: SumJob }
  /** Keep these bytes as a blob: the state sites may have to catch up to. */
  | { readonly type: 'keep'; readonly bytes: Uint8Array }
  /** Delete these blobs: masked vectors whose sum every site has had time to check, and states nobody can ask for any more. */
  | { readonly type: 'forget'; readonly hashes: readonly string[] }
  /** The event was not accepted; `site` is null when a person at the console made it. */
  | { readonly type: 'refuse'; readonly site: string | null; readonly code: RefusedBecause };

export type RefusedBecause = RejectionCode | ConsoleCode;

/** Why the wish of the console, of a hospital with its recovery file or of a person who signs was not carried out. */
export type ConsoleCode =
  | 'wrong-phase'
  | 'too-few-hospitals'
  | 'site-unknown'
  | 'study-closed'
  | 'taken'
  | 'certificate-older'
  | 'cohort-frozen'
  | 'list-made'
  | 'signers-incomplete'
  | 'already-signed'
  | 'program-differs'
  | 'person-not-listed'
  | 'person-withdrawn'
  | 'too-many-words'
  | 'too-many-people'
  | SignerFlaw;

export interface StudyStep {
  readonly state: StudyState;
  readonly effects: readonly StudyEffect[];
}

export const stay = (state: StudyState): StudyStep => ({ state, effects: [] });

export const refuse = (state: StudyState, site: string | null, code: RefusedBecause): StudyStep => ({
  state,
  effects: [{ type: 'refuse', site, code }],
});

/** Carries effects over to a further step. */
export function andThen(first: StudyStep, next: (state: StudyState) => StudyStep): StudyStep {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** The rejection of one message, told to the site that sent it. */
export function rejectMessage(state: StudyState, site: string, rejected: string, round: number | null, code: RejectionCode): StudyStep {
  const message: CoordinatorMessage = { protocol: 1, study: state.study, kind: 'rejected', round, rejected, code };
  return {
    state,
    effects: [
      { type: 'send', site, message },
      { type: 'refuse', site, code },
    ],
  };
}

/** Tells every connected site where the study stands. */
export function announcePhase(state: StudyState): readonly StudyEffect[] {
  return state.sites.filter((site) => site.isConnected).map((site) => ({ type: 'send', site: site.id, message: phaseMessage(state) }));
}

export const phaseMessage = (state: StudyState): CoordinatorMessage => ({
  protocol: 1,
  study: state.study,
  kind: 'study-phase',
  phase: state.phase,
  reason: state.paused === null ? '' : (state.paused.code ?? state.paused.reason),
  present: state.sites.filter(isPresent).map((site) => site.id),
  signed:
    state.proposal === null ? state.sites.filter((site) => site.hasApproved).map((site) => site.id) : Object.keys(state.proposal.approvals),
  ...peopleOf(state),
  round: state.roundNumber === 0 ? null : state.roundNumber,
});

/** How many people of each hospital have signed the list in force; left out where no hospital has declared any. */
function peopleOf({ roster, sites }: StudyState): Pick<CoordinatorSays<'study-phase'>, 'people'> {
  const list = roster === null ? null : rosterHash(roster);
  const people = sites
    .filter(({ signers }) => signers.length > 0)
    .map(({ id, signers }) => ({ site: id, signed: signers.filter((signer) => hasSigned(signer, list)).length }));
  return people.length === 0 ? {} : { people };
}

export const rosterMessage = (state: StudyState): CoordinatorMessage[] => {
  const { study, roster, rosterSignatures: signatures, earlierRosters: earlier } = state;
  return roster === null ? [] : [{ protocol: 1, study, kind: 'roster', roster, signatures: [...signatures], earlier: earlier.map(plain) }];
};

const plain = ({ roster, signatures }: SignedRoster) => ({ roster, signatures: [...signatures] });

/** The next list, with the word of those who leave. */
export function proposalMessage({ study, proposal, sites, roster }: StudyState): CoordinatorMessage[] {
  if (proposal === null || roster === null) return [];
  const departures = goneFrom(roster, proposal.roster).flatMap(({ index, id }) => {
    const departure = sites.find((site) => site.id === id)?.departure ?? null;
    return departure?.by === 'hospital' ? [{ site: index, signature: departure.signature }] : [];
  });
  return [{ protocol: 1, study, kind: 'proposal', roster: proposal.roster, departures }];
}

/** Who may sign for whom: every certificate and suspension of the sites on the roster and on the ones before, whose signatures still count. */
export function credentialsMessage(state: StudyState): CoordinatorMessage[] {
  const lists = [...state.earlierRosters, ...(state.roster === null ? [] : [state])];
  const roots = new Set(lists.flatMap(({ roster }) => roster?.sites ?? []).map(({ rootKey }) => rootKey));
  const of = <One extends { readonly rootKey: string }>(list: readonly One[]) => list.filter(({ rootKey }) => roots.has(rootKey));
  const { study, certificates } = state;
  // People who were taken back are on no list, and speak for nobody.
  const suspensions = state.suspensions.filter((one) =>
    certificates.some(({ key, rootKey }) => key === one.key && rootKey === one.rootKey),
  );
  const message = { protocol: 1, study, kind: 'credentials', certificates: of(certificates), suspensions: of(suspensions) } as const;
  return state.roster === null ? [] : [message];
}

/** What a site must hold before it opens a round: the signatures of every site, once they are all there. */
export function approvalsMessage(state: StudyState): CoordinatorMessage[] {
  const { study, roster } = state;
  const approvals = (roster?.sites ?? []).flatMap(({ index, id }) => {
    const given = wholeApproval(state, id);
    return given === null ? [] : [{ site: index, ...given }];
  });
  return roster !== null && approvals.length === roster.sites.length ? [{ protocol: 1, study, kind: 'approvals', approvals }] : [];
}

/** A roster with what is needed to believe it. */
export const introduction = (state: StudyState): CoordinatorMessage[] => [...credentialsMessage(state), ...rosterMessage(state)];

/** The same messages to every connected site of the roster. */
export function toAll(state: StudyState, messages: readonly CoordinatorMessage[]): StudyEffect[] {
  const connected = state.sites.filter((site) => site.isConnected && state.roster?.sites.some(({ id }) => id === site.id) === true);
  return connected.flatMap(({ id }) => messages.map((message): StudyEffect => ({ type: 'send', site: id, message })));
}

/** What a site is told when it connects, before anything about a round. */
export function welcomeMessages(state: StudyState, id: string): CoordinatorMessage[] {
  const site = siteById(state, id);
  if (site === undefined) return [];
  const { study, plan, planHash, phase } = state;
  const welcome: CoordinatorMessage = { protocol: 1, study, kind: 'welcome', plan, planHash, site: site.id, name: site.name, phase };
  const isOnNext = state.proposal?.roster.sites.some((entry) => entry.id === id) === true;
  return [welcome, ...introduction(state), ...approvalsMessage(state), ...(isOnNext ? proposalMessage(state) : []), phaseMessage(state)];
}
