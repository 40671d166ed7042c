/** What a site is given and what it can be asked to do. */
import type { WordCheck } from '../identity/index.ts';
import type { CoordinatorMessage } from '../protocol/index.ts';
import type { Watch } from '../reading/index.ts';
import type { EncodedVector } from '../secagg/index.ts';
import type { Plan, SitePolicy } from '../study/index.ts';
import type { BackendName } from '../training/index.ts';
import type { SiteFile } from './checked-rows.ts';
import type { SiteDataReport, SiteRecord, SiteResults, SiteWorld } from './contracts.ts';
import { noContributors } from './contributors.ts';
import type { HeldAnswer } from './held-answer.ts';
import { noEarlierSums } from './lineage.ts';
import type { ProgrammeState } from './programme-state.ts';
import type { KeyedContributors, RowSketch } from './record-parts.ts';
import type { SiteRows } from './stage.ts';

export interface SiteInit {
  readonly study: string;
  readonly plan: Plan;
  readonly planHash: string;
  /** SHA-256 of the client build, hex. */
  readonly clientHash: string;
  /** Keys in base64; the root key certifies the device key. */
  readonly site: { readonly id: string; readonly name: string; readonly rootKey: string; readonly deviceKey: string };
  /** Whether a person compares the first roster's words with another hospital. `automatic` is for made-up patients only. */
  readonly confirmation: 'person' | 'automatic';
  readonly record: SiteRecord;
  /** Sums of other versions of the study that this browser keeps; absent where it keeps none. */
  readonly earlier?: KeyedContributors | undefined;
  /** Sketches of the rows it answered with in other versions. */
  readonly earlierRows?: readonly RowSketch[] | undefined;
  /** Whether this device came by the recovery file, so that another one may have answered before it. */
  readonly isRecovered?: boolean | undefined;
  readonly backend: BackendName;
  /** This hospital's own limits. */
  readonly policy: SitePolicy;
  /** Whether the pages come from another server than the coordinator: the hospital's own. */
  readonly isOwnBundle: boolean;
  readonly world: SiteWorld;
  /** What a hostile site answers instead of its own vector. The simulator's alone: no page sets it. */
  readonly distort?: ((stage: string, vector: EncodedVector) => EncodedVector) | undefined;
}

export interface Site {
  /** Reads, checks and splits a file. Throws ReadingError, SchemaError, RangeError or SiteError with a plain sentence. */
  load(file: SiteFile, watch?: Watch): Promise<SiteDataReport>;
  /** Tells the coordinator that the rows are ready: two bands, nothing else. Throws SiteError `not-ready` where a check failed. */
  ready(): Promise<void>;
  receive(message: CoordinatorMessage): void;
  /** Compares the words a person heard from another hospital, in the order of the hidden positions; `same` puts the roster in force. */
  confirm(heard: readonly string[]): Promise<WordCheck>;
  /**
   * Signs the plan and the roster, after a person said yes.
   *
   * @param list - Hash of the list on the person's screen.
   * @throws SiteError `roster-unconfirmed` before its words were compared, `list-changed` where another list is in force by now.
   */
  approve(list: string): Promise<void>;
  /**
   * Signs the list that is to follow the one in force, and the plan under it, after a person said yes.
   *
   * @param list - Hash of the next list on the person's screen.
   * @throws SiteError `no-proposal` where none is open, `list-changed` where another one is by now.
   */
  succeed(list: string): Promise<void>;
  /** Keys of the people who sign for this hospital, base64: a list that names others for it is refused from now on. */
  declareSigners(keys: readonly string[]): Promise<void>;
  /** From this call on other limits hold; those of the plan are never undercut. */
  setPolicy(policy: SitePolicy): void;
  /** What this site answered in the round under way, before masking: for its own eyes; null once the round is over. */
  unmasked(): HeldAnswer | null;
  /** From this call on nothing is sent. */
  stop(): void;
  results(): SiteResults | null;
  /** The rows that were read, for the site's own eyes; null before. */
  rows(): SiteRows | null;
  /** Resolves when nothing is under way: for the simulator's virtual clock. */
  settled(): Promise<void>;
  state(): { readonly programme: ProgrammeState | null; readonly record: SiteRecord };
}

/** A site's record before its first page load. `tagKey` is 32 fresh random bytes. */
export const newSiteRecord = (study: string, tagKey: Uint8Array): SiteRecord => ({
  study,
  lastRound: 0,
  answered: [],
  contributors: noContributors,
  released: [],
  model: null,
  earlier: noEarlierSums,
  seats: [],
  arrival: null,
  tagKey,
  fileFingerprint: null,
  readOn: null,
  rowSketch: null,
  earlierRows: [],
  roster: null,
  successors: [],
  suspended: [],
  signers: null,
  planHash: null,
  rosterHash: null,
});
