/**
 * What the page knows of the running study: a fold over the chamber's reports. Pure, so that the same reports always give the
 * same page.
 */
import type { SiteProgress, SiteResults, StudyPhase, SuccessorProgress } from '@consilium/shared/federation';
import type { PersonRole } from '@consilium/shared/identity';

export interface RosterLine {
  readonly index: number;
  readonly name: string;
  readonly fingerprint: string;
  /** Who signs its plans; nobody where its browser alone does. */
  readonly people: readonly { readonly name: string; readonly role: PersonRole }[];
}

/** The list of hospitals; words and names to call as the chamber gives them. */
export interface RosterView {
  readonly hash: string;
  readonly version: number;
  readonly sites: readonly RosterLine[];
  /** Whether it is in force here: confirmed by a person, or by the rules for a later version. */
  readonly isConfirmed: boolean;
  readonly words: readonly string[];
  readonly hidden: readonly number[];
  readonly call: readonly string[];
  /** A list that is to follow it and waits for this hospital's signature or for others'. */
  readonly successor: SuccessorProgress | null;
}

export interface RoundView {
  readonly number: number;
  readonly kind: string;
  readonly label: string;
  readonly phase: string;
}

export interface PastRound {
  readonly number: number;
  readonly kind: string;
  /** `counted`: this hospital is in the sum. `missed`: the sum was released without it. */
  readonly outcome: 'counted' | 'missed' | 'aborted' | 'refused';
  readonly hospitals: number;
  /** Code of why this hospital is not in the sum, or why there is none, where it was told. */
  readonly reason: string | null;
}

export interface Trouble {
  readonly code: string;
  readonly text: string;
}

export interface RunView {
  readonly phase: StudyPhase;
  readonly reason: string | null;
  /** Site identifiers connected now, and those that have signed. */
  readonly present: readonly string[];
  readonly signed: readonly string[];
  /** Of each hospital for which people sign: how many of them have signed the list in force. */
  readonly people: readonly { readonly site: string; readonly signed: number }[];
  readonly roster: RosterView | null;
  readonly round: RoundView | null;
  readonly training: { readonly epoch: number; readonly epochs: number; readonly fraction: number } | null;
  /** Secure sums released, and how many are expected in all. */
  readonly progress: { readonly done: number; readonly expected: number };
  readonly past: readonly PastRound[];
  readonly trouble: Trouble | null;
  /** Code of this hospital's own refusal, until the round it belongs to has ended. */
  readonly refusal: string | null;
  readonly results: SiteResults | null;
}

export const startOfRun: RunView = {
  phase: 'gathering',
  reason: null,
  present: [],
  signed: [],
  people: [],
  roster: null,
  round: null,
  training: null,
  progress: { done: 0, expected: 0 },
  past: [],
  trouble: null,
  refusal: null,
  results: null,
};

/** The view after one report of the chamber. */
export function foldProgress(view: RunView, report: SiteProgress): RunView {
  switch (report.type) {
    case 'roster':
      return { ...view, roster: rosterView(report) };
    case 'phase':
      return { ...view, phase: report.phase, reason: report.reason, present: report.present, signed: report.signed, people: report.people };
    case 'round':
      return {
        ...view,
        round: { number: report.round, kind: report.kind, label: report.label, phase: report.phase },
        progress: progressAt(view, report),
        training: report.phase === view.round?.phase && report.round === view.round?.number ? view.training : null,
        trouble: report.round === view.round?.number ? view.trouble : null,
        refusal: report.round === view.round?.number ? view.refusal : null,
      };
    case 'training':
      return { ...view, training: { epoch: report.epoch, epochs: report.epochs, fraction: report.fraction } };
    case 'released':
      return endRound(withSum(view, report.round), {
        number: report.round,
        kind: report.kind,
        outcome: report.counted ? 'counted' : 'missed',
        hospitals: report.survivors.length,
        reason: report.counted ? null : view.refusal,
      });
    case 'aborted':
      return { ...endOpenRound(view, report), trouble: { code: report.code, text: report.text } };
    case 'refused':
      return { ...endOpenRound(view, report), trouble: { code: report.code, text: report.text }, refusal: report.code };
    case 'error':
      return { ...view, trouble: { code: report.code, text: report.text } };
    case 'results':
      return { ...view, results: report.results, round: null, training: null };
  }
}

function rosterView(report: Extract<SiteProgress, { type: 'roster' }>): RosterView {
  const { rosterHash: hash, version, sites, isConfirmed, words, hidden, call, successor } = report;
  return { hash, version, sites, isConfirmed, words, hidden, call, successor };
}

/**
 * The chamber counts the sums of this page load. Every earlier round released one too, save those that ended early; of these
 * only the ones since the page load are known.
 */
function progressAt({ past }: RunView, { round, done, expected }: Extract<SiteProgress, { type: 'round' }>): RunView['progress'] {
  const endedEarly = past.filter(({ number, outcome }) => number < round && outcome === 'aborted').length;
  const released = Math.max(done, round - 1 - endedEarly);
  return { done: released, expected: released + expected - done };
}

/** One more sum is released; a release that is told twice counts once. */
function withSum(view: RunView, number: number): RunView {
  const { done, expected } = view.progress;
  if (expected === 0 || view.past.some((entry) => entry.number === number)) return view;
  return { ...view, progress: { done: done + 1, expected: Math.max(done + 1, expected) } };
}

function endRound(view: RunView, past: PastRound): RunView {
  const others = view.past.filter((entry) => entry.number !== past.number);
  return { ...view, past: [...others, past], round: view.round?.number === past.number ? null : view.round, training: null, refusal: null };
}

function endOpenRound(view: RunView, { type: outcome, code: reason }: Extract<SiteProgress, { type: 'aborted' | 'refused' }>): RunView {
  if (view.round === null) return view;
  return endRound(view, { number: view.round.number, kind: view.round.kind, outcome, hospitals: 0, reason });
}
