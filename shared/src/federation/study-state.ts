/** A study at its coordinator, as data: who takes part, where the programme stands, and the round that is open. */
import type { Credentials, DeviceCertificate, DeviceKeys, PersonCertificate, SuccessionSignature, Suspension } from '../identity/index.ts';
import type { RejectionCode, Roster, RoundState, SiteSays } from '../protocol/index.ts';
import type { Plan } from '../study/index.ts';
import type { RoundOutcome, StudyPhase } from './contracts.ts';
import type { ProgrammeState } from './programme-state.ts';

export interface StudySite {
  readonly id: string;
  readonly name: string;
  /** Ed25519, base64. */
  readonly rootKey: string;
  /** Of the device that speaks for the site; null while it is suspended. */
  readonly deviceKey: string | null;
  readonly isConnected: boolean;
  /** Names the page load whose rows are ready; null before the first connection. */
  readonly load: string | null;
  readonly bands: { readonly rows: string; readonly events: string } | null;
  /** Whether its yes to plan and list in force is complete: its device's, and that of the people it has declared. */
  readonly hasApproved: boolean;
  /** The people who sign its plans; none where its device alone does. */
  readonly signers: readonly StudySigner[];
  readonly departure: Departure | null;
  /** How often it has said that its rows are ready in this page load, and yes in this study, each time something else than before. */
  readonly words: { readonly ready: number; readonly approve: number };
}

/** One of the people who sign for a site. */
export interface StudySigner {
  readonly certificate: PersonCertificate;
  readonly given: GivenApproval | null;
  /** Why this person does not sign; null where it has not said so. */
  readonly refusal: string | null;
  /** How often it has said yes or no. */
  readonly words: number;
}

/** Why a site takes no further part: by its own signed word, or because the coordinator has put it off. */
export type Departure =
  | { readonly by: 'hospital'; readonly signature: string; readonly successor: SiteSays<'leave'>['successor'] }
  | { readonly by: 'coordinator' };

/** A list of hospitals with the signatures of sites of the one before. */
export interface SignedRoster {
  readonly roster: Roster;
  readonly signatures: readonly SuccessionSignature[];
}

/** The next list, while it is being signed; with each signature comes one under the plan. */
export interface Proposal extends SignedRoster {
  readonly approvals: { readonly [site: string]: GivenApproval };
}

export type PauseReason = 'coordinator' | 'waiting-for-hospitals' | 'round-failed' | 'storage' | 'hospital-left' | 'too-few-left';

/** A signature under plan, roster and program. */
export type GivenApproval = Pick<SiteSays<'approve'>, 'planHash' | 'rosterHash' | 'clientHash' | 'signature'>;

export interface StudyState {
  readonly study: string;
  readonly plan: Plan;
  readonly planHash: string;
  readonly coordinatorKey: string;
  readonly phase: StudyPhase;
  readonly paused: { readonly reason: PauseReason; readonly code: RejectionCode | null } | null;
  readonly sites: readonly StudySite[];
  /** Every certificate and suspension that was accepted, in order. */
  readonly certificates: readonly DeviceCertificate[];
  readonly suspensions: readonly Suspension[];
  /** Signatures under plan and roster in force, by site id. */
  readonly approvals: { readonly [site: string]: GivenApproval };
  readonly roster: Roster | null;
  /** How it came to be in force, and every version before it, oldest first. */
  readonly rosterSignatures: readonly SuccessionSignature[];
  readonly earlierRosters: readonly SignedRoster[];
  readonly proposal: Proposal | null;
  readonly programme: ProgrammeState | null;
  readonly modelHash: string;
  /** Transcript hash of the last released round. */
  readonly transcript: string;
  readonly roundNumber: number;
  readonly round: RoundState | null;
  /** The last released round: its release is sent again to a site that lost its connection just then. */
  readonly lastReleased: RoundState | null;
  /** What the open phase waits for, and how long. */
  readonly waiting: { readonly phase: string; readonly sites: readonly number[]; readonly limitSeconds: number } | null;
  /** Cohorts that were announced for a query; a repeat of the query must keep them. */
  readonly announced: { readonly [query: string]: readonly number[] };
  /** Hashes of the released sums, in order. */
  readonly sums: readonly string[];
  readonly failedInARow: number;
  readonly timeline: readonly RoundOutcome[];
}

/** A site counts on its rows: connected, its device certified, its data checked in this page load, and it has not left. */
export const isPresent = (site: StudySite): boolean =>
  site.isConnected && site.bands !== null && site.deviceKey !== null && site.departure === null;

export const siteById = (state: StudyState, id: string): StudySite | undefined => state.sites.find((site) => site.id === id);

/** Roster index of a site, or null when it is not on the roster. */
export const indexOf = (state: StudyState, id: string): number | null => state.roster?.sites.find((site) => site.id === id)?.index ?? null;

/** Which device signs for each site of the roster. */
export const deviceKeys = (state: StudyState): DeviceKeys =>
  new Map(
    (state.roster?.sites ?? []).flatMap(({ index, id }) => {
      const key = siteById(state, id)?.deviceKey ?? null;
      return key === null ? [] : [[index, key] as const];
    }),
  );

/** Certificates and suspensions of one site. */
export function credentialsOf({ sites, certificates, suspensions }: StudyState, id: string): Credentials {
  const root = sites.find((site) => site.id === id)?.rootKey;
  return {
    certificates: certificates.filter(({ rootKey }) => rootKey === root),
    suspensions: suspensions.filter(({ rootKey }) => rootKey === root),
  };
}

/** Identifier of a roster index; the roster holds every index that can occur. */
export const idOf = (state: StudyState, index: number): string => state.roster?.sites.find((site) => site.index === index)?.id ?? '';

/** Roster indices of the sites that are present, rising. */
export const presentIndices = (state: StudyState): number[] =>
  (state.roster?.sites ?? []).filter(({ id }) => state.sites.some((site) => site.id === id && isPresent(site))).map(({ index }) => index);

export const replaceSite = (state: StudyState, id: string, change: Partial<StudySite>): StudyState => ({
  ...state,
  sites: state.sites.map((site) => (site.id === id ? { ...site, ...change } : site)),
});
