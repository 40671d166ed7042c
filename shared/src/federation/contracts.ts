/**
 * What the joined parts promise each other: the events of a study, the world a coordinator and a site run in, and the
 * views they give to pages. Types only; the behaviour is in the files beside it.
 */
import type { PersonRole, Roster, SignedSuccessor, Stretch, Verify } from '../identity/index.ts';
import type { CoordinatorMessage, SiteMessage } from '../protocol/index.ts';
import type { CalendarDate } from '../schema/index.ts';
import type { Layout } from '../secagg/index.ts';
import type { Contributors } from './contributors.ts';
import type { SiteEffectRow } from './effect-results.ts';
import type { Intervals, JoiningGain } from './own-gain.ts';
import type { Arrival, KeyedContributors, RowSketch, Seat } from './record-parts.ts';
import type { StudyResults } from './results.ts';
import type { StudyEvent } from './study-event.ts';
import type { SuccessorProgress, SuccessorView } from './successor-view.ts';

export type { CoefficientResult, FitResults, ModelResults, StudyResults } from './results.ts';
export type { SiteDataReport } from './site-data-report.ts';
export type { StudyEvent, SuccessorProgress, SuccessorView, Verify };

export interface Blobs {
  get(hash: string): Promise<Uint8Array | null>;
  /** Keeps the bytes durably and answers their SHA-256 in hex. */
  put(bytes: Uint8Array): Promise<string>;
  has(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
}

export interface StudyTimer {
  readonly round: number;
  readonly phase: string;
  readonly seconds: number;
}

/** The world around a study at its coordinator. */
export interface CoordinatorWorld {
  /** Durable and hash-chained before it resolves. */
  append(event: StudyEvent): Promise<void>;
  /** Lost when the site has no socket; everything due is sent again when it connects. */
  send(site: string, message: CoordinatorMessage): void;
  /** One timer a study; on expiry the world dispatches `{ type: 'deadline', round, phase }`. */
  setTimer(timer: StudyTimer | null): void;
  readonly blobs: Blobs;
  readonly verify: Verify;
  notify(view: StudyView): void;
  /** The world failed (a full disk, say): nothing more happens until a person resumes. */
  fail(error: unknown): void;
}

export type StudyPhase = 'gathering' | 'signing' | 'running' | 'paused' | 'stopped' | 'finished';
export type SiteStatus =
  | 'absent'
  | 'joined'
  | 'ready'
  | 'signed'
  | 'training'
  | 'uploaded'
  | 'late'
  | 'dropped'
  | 'counted'
  | 'waiting'
  | 'left'
  | 'put-off';

export interface SiteView {
  readonly id: string;
  readonly name: string;
  readonly index: number | null;
  readonly connected: boolean;
  readonly ready: boolean;
  readonly bands: { readonly rows: string; readonly events: string } | null;
  readonly approved: boolean;
  /** The people who sign for it; none where its device alone does. */
  readonly people: readonly {
    readonly name: string;
    readonly role: PersonRole;
    readonly hasSigned: boolean;
    readonly refusal: string | null;
  }[];
  readonly status: SiteStatus;
}

export interface RoundOutcome {
  readonly round: number;
  readonly kind: string;
  readonly label: string;
  readonly outcome: 'released' | 'aborted';
  readonly code: string | null;
  readonly survivors: readonly string[];
  readonly dropped: readonly string[];
}

export interface StudyView {
  readonly study: string;
  readonly title: string;
  readonly planHash: string;
  readonly synthetic: boolean;
  readonly phase: StudyPhase;
  readonly reason: string | null;
  readonly sites: readonly SiteView[];
  readonly successor: SuccessorView | null;
  readonly round: {
    readonly number: number;
    readonly kind: string;
    readonly label: string;
    readonly phase: string;
    readonly waitingFor: readonly string[];
    readonly limitSeconds: number;
  } | null;
  /** Secure sums released so far, and how many are expected in all (an estimate while a fit iterates). */
  readonly progress: { readonly done: number; readonly expected: number };
  readonly timeline: readonly RoundOutcome[];
  readonly results: StudyResults | null;
}

/** What a site keeps over page loads. Holds no patient data and no key of a round. */
export interface SiteRecord {
  readonly study: string;
  readonly lastRound: number;
  /** Queries this site has signed, with the cohort it signed them for. */
  readonly answered: readonly { readonly query: string; readonly survivors: string }[];
  /** Contributors of every sum this site has signed or learnt of, by the rows that were summed, over all versions of the plan. */
  readonly contributors: Contributors;
  /** Queries for which this site gave its shares. */
  readonly released: readonly string[];
  readonly model: { readonly round: number; readonly transcript: string; readonly state: Uint8Array } | null;
  /** Sums over these rows in other versions of the study, and whose place is whose in this one. */
  readonly earlier: KeyedContributors;
  readonly seats: readonly Seat[];
  /** Set where this device came by the recovery file. */
  readonly arrival: Arrival | null;
  /** Key of the tag that stands for this site's rows in a query; random, 32 bytes. */
  readonly tagKey: Uint8Array;
  /** SHA-256 of the rows that take part; they are frozen once the first round has opened. */
  readonly fileFingerprint: string | null;
  /** The day they were read as of: a later reading takes the same dates for mistakes. */
  readonly readOn: CalendarDate | null;
  /** Of the rows that take part here, and of those that took part in earlier versions of the plan. */
  readonly rowSketch: RowSketch | null;
  readonly earlierRows: readonly RowSketch[];
  /** The roster in force here: confirmed by a person, or carried by the rule of succession. */
  readonly roster: Roster | null;
  /** Successors this site has signed: at most one of a version. */
  readonly successors: readonly SignedSuccessor[];
  /** Device keys seen suspended, each with the root key that did, as `suspendedKeys` gives them: they never speak again. */
  readonly suspended: readonly string[];
  /** Keys of the people who sign for this hospital, as it has declared them from this browser, base64; null where it has not. */
  readonly signers: readonly string[] | null;
  /** The plan and the roster this site has signed, together. */
  readonly planHash: string | null;
  readonly rosterHash: string | null;
}

/** The world around one site. */
export interface SiteWorld {
  random(length: number): Uint8Array;
  sign(messages: readonly Uint8Array[]): Promise<Uint8Array[]>;
  readonly verify: Verify;
  /** Durable before it resolves. */
  save(record: SiteRecord): Promise<void>;
  /** Resolves when the coordinator has it. */
  send(message: SiteMessage): Promise<void>;
  /** Bytes of a masked vector. @param layout - Their shape, for the list of what left. */
  upload(hash: string, bytes: Uint8Array, layout: Layout): Promise<void>;
  download(hash: string): Promise<Uint8Array>;
  report(progress: SiteProgress): void;
  /** Milliseconds, for showing only; never compared with another machine's. */
  now(): number;
  /** Seconds since 1970, for certificates only. */
  clock(): number;
  /** A million rounds of PBKDF2, for the roster's words; the page has a fast one. */
  readonly stretch: Stretch;
}

/** A hospital of the list as pages show it; `people` sign its plans, none where its device alone does. */
export interface ListedSite {
  readonly index: number;
  readonly name: string;
  readonly fingerprint: string;
  readonly people: readonly { readonly name: string; readonly role: PersonRole }[];
}

export type SiteProgress =
  | {
      readonly type: 'roster';
      readonly sites: readonly ListedSite[];
      readonly rosterHash: string;
      readonly version: number;
      /** Whether it is in force here. */
      readonly isConfirmed: boolean;
      /** The twelve words; the ones to be heard from another hospital are empty until it is confirmed. None where nobody is asked. */
      readonly words: readonly string[];
      /** Positions (0 to 11) of the words to be heard, and the names of hospitals that see them. */
      readonly hidden: readonly number[];
      readonly call: readonly string[];
      readonly successor: SuccessorProgress | null;
    }
  | {
      readonly type: 'phase';
      readonly phase: StudyPhase;
      readonly reason: string | null;
      readonly present: readonly string[];
      readonly signed: readonly string[];
      /** Of each hospital that has declared people who sign: how many of them have signed the list in force. */
      readonly people: readonly { readonly site: string; readonly signed: number }[];
    }
  | {
      readonly type: 'round';
      readonly round: number;
      readonly kind: string;
      readonly label: string;
      readonly phase: string;
      readonly done: number;
      readonly expected: number;
    }
  | { readonly type: 'training'; readonly round: number; readonly epoch: number; readonly epochs: number; readonly fraction: number }
  | {
      readonly type: 'released';
      readonly round: number;
      readonly kind: string;
      readonly survivors: readonly string[];
      readonly counted: boolean;
    }
  | { readonly type: 'refused'; readonly code: string; readonly text: string }
  | { readonly type: 'aborted'; readonly code: string; readonly text: string }
  | { readonly type: 'results'; readonly results: SiteResults }
  | { readonly type: 'error'; readonly code: string; readonly text: string };

export interface ModelCurves {
  readonly metrics: { readonly [metric: string]: number | null };
  /** 95 % intervals of those figures that have one. */
  readonly intervals: Intervals;
  readonly roc: readonly { readonly falsePositiveRate: number; readonly truePositiveRate: number }[];
  readonly calibration: readonly { readonly predicted: number; readonly observed: number; readonly count: number }[];
}

/**
 * The instability range of a network's fits: highest less lowest risk they give to one patient, in [0, 1]. `half` is the range that half
 * of the patients do not exceed, `nineInTen` that nine in ten do not.
 */
export interface InstabilityRange {
  readonly fits: number;
  readonly half: number;
  readonly nineInTen: number;
  readonly largest: number;
}

/** For the site's own eyes: its own test rows, and the pooled results it derived itself. */
export interface SiteResults {
  readonly local: ModelCurves | null;
  /** The plan's model; null where the fit has no answer: `pooled.notes` says why. */
  readonly federated: ModelCurves | null;
  /** The plan's model adapted to this site; null where the plan asks for none. `note` says why it is less than was asked. */
  readonly personal: (ModelCurves & { readonly note: string | null }) | null;
  readonly exact: ModelCurves | null;
  /** What joining is worth here: figures of the other models less those of `local`; empty where there is no local model. */
  readonly gains: readonly JoiningGain[];
  /** Over this site's test patients; null where the network was trained once, or its outcome is no risk. */
  readonly instability: InstabilityRange | null;
  readonly pooled: StudyResults;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** The effect for this site's test patients; null in studies without a treatment. */
  readonly effect: readonly SiteEffectRow[] | null;
  /** One row per test row, for export by the researcher's simulator; never sent. */
  readonly predictions: readonly SitePrediction[];
}

export interface SitePrediction {
  readonly row: number;
  readonly set: 'train' | 'validation' | 'test';
  /** `y` by task: 0 or 1, a class's position, a number, a count, or whether the event was seen. */
  readonly outcome: number;
  /** Time to the event or the end of follow-up; null for every other task. */
  readonly time: number | null;
  readonly scores: { readonly [label: string]: number };
  /** Probability of each class by model; null for every task but classes. */
  readonly classes: { readonly [label: string]: readonly number[] } | null;
}
