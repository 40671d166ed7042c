/** Everything the hospital's page shows, as one read-only value; pages render it and send events back. */
import type { SiteResults } from '@consilium/shared/federation';
import type { WordCheck } from '@consilium/shared/identity';
import type { Plan } from '@consilium/shared/study';
import type { BackendName, OpenReport } from '../chamber/index.ts';
import type { Info } from './api.ts';
import { type ConsentView, emptyConsent } from './consent-desk.ts';
import { type DeskView, emptyDesk } from './desk-view.ts';
import type { EnrolView, RecoverView } from './entrance-views.ts';
import type { ModelSource } from './held-models.ts';
import type { LedgerEntry } from './ledger.ts';
import type { LinkState } from './link.ts';
import type { Membership } from './local-store.ts';
import type { PatientSource } from './patient-source.ts';
import type { PreflightCheck } from './preflight.ts';
import { type RunView, startOfRun, type Trouble } from './run-view.ts';

/** What the page's address asks for. */
export interface Address {
  readonly study: string | null;
  readonly demoSite: string | null;
  readonly backend: BackendName | null;
}

export type Step =
  | { readonly step: 'checking' }
  /** The browser lacks something a hospital cannot do without. */
  | { readonly step: 'blocked' }
  | { readonly step: 'join'; readonly busy: string | null; readonly trouble: Trouble | null }
  /** The recovery file of an invited hospital is made and kept. */
  | { readonly step: 'enrol'; readonly enrol: EnrolView }
  /** A hospital brings its recovery file. */
  | { readonly step: 'recover'; readonly recover: RecoverView }
  | { readonly step: 'opening' }
  /** Another tab speaks for this hospital; `lost` if it took over from this one. */
  | { readonly step: 'elsewhere'; readonly lost: boolean }
  | { readonly step: 'data'; readonly busy: 'announcing' | null; readonly trouble: Trouble | null }
  | { readonly step: 'gathering' }
  /** The twelve words of the list are compared; `check` is how the last comparison came out. */
  | { readonly step: 'words'; readonly busy: boolean; readonly check: WordCheck | null; readonly trouble: Trouble | null }
  | { readonly step: 'sign'; readonly busy: boolean; readonly trouble: Trouble | null }
  /** A list that is to follow the one in force is to be signed. */
  | { readonly step: 'successor'; readonly busy: boolean; readonly trouble: Trouble | null }
  | { readonly step: 'waiting' }
  | { readonly step: 'running' }
  /** `patients` when the page of one patient is open. */
  | { readonly step: 'results'; readonly results: SiteResults; readonly patients: PatientSource | null }
  /** Everything has stopped; the coordinator is being told. */
  | { readonly step: 'leaving' }
  /** `halted` where a person at this browser has ended its part; no word of the coordinator is that. */
  | { readonly step: 'stopped'; readonly trouble: Trouble; readonly halted: Membership['halted'] | null };

export interface SessionView {
  readonly step: Step;
  readonly checks: readonly PreflightCheck[];
  readonly info: Info | null;
  /** The study of the invitation link, if the page was opened by one. */
  readonly invitedTo: string | null;
  readonly memberships: readonly Membership[];
  readonly membership: Membership | null;
  readonly plan: Plan | null;
  readonly planHash: string | null;
  readonly chamber: { readonly kind: string; readonly opened: OpenReport } | null;
  /** The study's models, for the page of the results. */
  readonly models: ModelSource | null;
  readonly link: LinkState;
  readonly ledger: readonly LedgerEntry[];
  /** The file this hospital used before a reload must come again. */
  readonly knownFile: string | null;
  readonly desk: DeskView;
  readonly consent: ConsentView;
  /** Hash of the list of hospitals that was signed from this browser. */
  readonly signedRoster: string | null;
  /** Whether a list of hospitals was confirmed from this browser. */
  readonly hasConfirmedList: boolean;
  readonly run: RunView;
  /** When this page load, or the end of the last pause, saw a secure sum under way, and how many were done then: for the time left. */
  readonly startedAt: { readonly at: number; readonly done: number } | null;
}

/** Before anything is known. @param invitedTo - The study of the invitation link, if the page was opened by one. */
export const emptyView = (invitedTo: string | null): SessionView => ({
  step: { step: 'checking' },
  checks: [],
  info: null,
  invitedTo,
  memberships: [],
  membership: null,
  plan: null,
  planHash: null,
  chamber: null,
  models: null,
  link: 'connecting',
  ledger: [],
  knownFile: null,
  desk: emptyDesk,
  consent: emptyConsent,
  signedRoster: null,
  hasConfirmedList: false,
  run: startOfRun,
  startedAt: null,
});
