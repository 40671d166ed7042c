/** What the page of a person who signs shows, as one read-only value. */
import type { WordCheck } from '@consilium/shared/identity';
import type { Plan } from '@consilium/shared/study';
import type { LedgerEntry } from './ledger.ts';
import type { KeptPerson } from './local-store.ts';
import type { ShownPerson } from './people-api.ts';
import type { PreflightCheck } from './preflight.ts';
import type { RosterLine, Trouble } from './run-view.ts';

/** What the link of the hospital's tab says. */
export interface PersonAddress {
  readonly study: string | null;
  readonly code: string | null;
  readonly hospital: string | null;
}

export type PersonStep =
  | { readonly step: 'checking' }
  | { readonly step: 'blocked'; readonly checks: readonly PreflightCheck[] }
  | { readonly step: 'introduce'; readonly busy: boolean }
  /** This browser is already somebody's in this study. */
  | { readonly step: 'known'; readonly name: string }
  /** The six words are read to the hospital, which has not taken the key yet. */
  | { readonly step: 'compare' }
  /** The hospital has taken the key; the list of hospitals is not made yet. */
  | { readonly step: 'listed' }
  | { readonly step: 'words'; readonly check: WordCheck | null }
  | { readonly step: 'sign'; readonly busy: boolean }
  | { readonly step: 'signed' }
  | { readonly step: 'refused'; readonly reason: string }
  | { readonly step: 'ended'; readonly trouble: Trouble };

export interface ComparedList {
  readonly hash: string;
  /** Place of the hospital on it. */
  readonly index: number;
  readonly version: number;
  readonly sites: readonly RosterLine[];
  /** All twelve; the page leaves out the hidden ones until they were compared. */
  readonly words: readonly string[];
  readonly hidden: readonly number[];
  readonly call: readonly string[];
}

export interface PersonView {
  readonly step: PersonStep;
  /** Name of the hospital: as the link says, then as the coordinator does. */
  readonly hospital: string;
  readonly person: KeptPerson | null;
  readonly plan: Plan | null;
  readonly planHash: string | null;
  /** What would be signed for: SHA-256 over the sealed worker's files of this page's own build. */
  readonly program: string;
  /** The study that is the next version of this one. */
  readonly next: string | null;
  /** Six, of this browser's key. */
  readonly words: readonly string[];
  readonly people: readonly ShownPerson[];
  /** When the certificate ends, seconds since 1970; 0 before there is one. */
  readonly until: number;
  readonly phase: string;
  readonly list: ComparedList | null;
  readonly ledger: readonly LedgerEntry[];
  /** The coordinator could not be reached at the last look. */
  readonly isAway: boolean;
  readonly trouble: Trouble | null;
}

export const emptyPerson: PersonView = {
  step: { step: 'checking' },
  hospital: '',
  person: null,
  plan: null,
  planHash: null,
  program: '',
  next: null,
  words: [],
  people: [],
  until: 0,
  phase: '',
  list: null,
  ledger: [],
  isAway: false,
  trouble: null,
};
