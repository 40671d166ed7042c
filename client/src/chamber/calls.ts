/** What page and chamber may ask of each other: the whole list of what crosses the one port. */
import type { Score } from '@consilium/shared/export';
import type { HeldAnswer, KeyedContributors, RowSketch, SiteProgress, SiteRecord, SiteResults } from '@consilium/shared/federation';
import type { Stretch, WordCheck } from '@consilium/shared/identity';
import type { PatientValues, SiteForecast } from '@consilium/shared/prediction';
import type { CoordinatorMessage, SiteMessage } from '@consilium/shared/protocol';
import type { ColumnMapping, Mapping } from '@consilium/shared/schema';
import type { Layout } from '@consilium/shared/secagg';
import type { Plan, SitePolicy } from '@consilium/shared/study';
import type { BackendName, BackendTrial } from '@consilium/shared/training';
import type { CheckInput, FieldView, OpenedTable, ReadInput, ReadProgress, SuggestInput, TableView } from './data-calls.ts';
import type { HeldModels, SavedModel } from './own-models.ts';
import type { ProbeReport } from './probe.ts';
import type { ScoreInput } from './scoring-desk.ts';
import type { ShownReport } from './shown-report.ts';

export interface OpenInput {
  /** The page's origin: where the probe tries to get out to. */
  readonly origin: string;
  /** TensorFlow.js WebAssembly files by name, already checked against their hashes. */
  readonly wasm: { readonly [name: string]: Uint8Array };
  readonly forced: BackendName | null;
  /** The study, if it is known already: its network decides which backend is fastest. */
  readonly plan: Plan | null;
}

export interface OpenReport {
  readonly probe: ProbeReport;
  readonly backend: BackendName;
  readonly trials: readonly BackendTrial[];
}

export interface JoinInput {
  /** The study's name at this coordinator. */
  readonly study: string;
  readonly plan: Plan;
  readonly planHash: string;
  readonly site: { readonly id: string; readonly name: string; readonly rootKey: string; readonly deviceKey: string };
  readonly confirmation: 'person' | 'automatic';
  /** SHA-256 over the chamber's files, hex: what this hospital says it ran. */
  readonly clientHash: string;
  /** What this site kept of earlier page loads. */
  readonly record: SiteRecord | null;
  /** Sums of other versions of the study that this browser keeps. */
  readonly earlier: KeyedContributors;
  /** Sketches of the rows it answered with in them. */
  readonly earlierRows: readonly RowSketch[];
  /** Whether this device came by the recovery file. */
  readonly isRecovered: boolean;
  /** The hospital's own limits. */
  readonly policy: SitePolicy;
  /** Whether the pages come from another server than the coordinator. */
  readonly isOwnBundle: boolean;
}

export interface SelfTestReport {
  readonly backend: BackendName;
  /** Weights after minus before, of a made-up problem; no patient is in it. */
  readonly update: Float64Array;
  readonly samplesPerSecond: number;
}

/** Page → chamber. */
export type ChamberOffers = {
  /** Once, first: probes the seal and chooses a backend. */
  open(input: OpenInput): Promise<OpenReport>;
  /** Once, after `open`: makes the site. Refused with `not-sealed` where the probe found a way out. */
  join(input: JoinInput): Promise<void>;
  /** Reads the hospital's files and proposes how their columns answer the plan. The rows stay here. */
  read(input: ReadInput): Promise<OpenedTable>;
  /** Ends the reading or check under way; it then fails with code `cancelled`. */
  cancel(): void;
  /** How the table that was read answers the plan under another mapping. */
  look(mapping: Mapping): Promise<readonly FieldView[]>;
  /** What a column's codes, unit and missing codes seem to be, for a field it was chosen for. */
  suggest(input: SuggestInput): Promise<ColumnMapping>;
  /** Checks and splits the table that was read. The rows stay here. */
  check(input: CheckInput): Promise<ShownReport>;
  ready(): Promise<void>;
  /** The words a person heard from another hospital. */
  confirm(heard: readonly string[]): Promise<WordCheck>;
  approve(list: string): Promise<void>;
  /** Signs the list that is to follow the one in force. */
  succeed(list: string): Promise<void>;
  receive(message: CoordinatorMessage): void;
  /** Keys of the people who sign for this hospital: a list that names others for it is refused. */
  declareSigners(keys: readonly string[]): Promise<void>;
  /** Other limits hold from here on. */
  setPolicy(policy: SitePolicy): void;
  /** What was answered in the round under way, before masking: for the page only, while the chamber holds it. */
  unmasked(): HeldAnswer | null;
  stop(): void;
  results(): Promise<SiteResults | null>;
  /** 1-based data rows of the test patients, to pick from; the values of one; and what the model says of typed or picked ones. For the page only. */
  patientRows(): readonly number[];
  patientValues(row: number): PatientValues | null;
  forecast(values: PatientValues): SiteForecast;
  /** The models of a study that is done, as every hospital names them; and this hospital's own as an archive, for its own use. */
  heldModels(): HeldModels;
  savedModel(): SavedModel;
  /** Takes a model's file, to score patients without any study. */
  useModel(text: string): void;
  /** Reads a file of patients and scores its rows. Refused with `not-sealed` where the probe found a way out. */
  score(input: ScoreInput): Promise<readonly Score[]>;
  /** The values of a row that was scored; and what the model's file says of typed or picked ones. For the page only. */
  scoredValues(row: number): PatientValues | null;
  modelForecast(values: PatientValues): SiteForecast;
  /** Trains a made-up network on made-up rows: for the machine's check and for tests. */
  selfTest(backend: BackendName): Promise<SelfTestReport>;
};

/** Chamber → page. */
export type PageOffers = {
  sign(messages: readonly Uint8Array[]): Promise<Uint8Array[]>;
  save(record: SiteRecord): Promise<void>;
  send(message: SiteMessage): Promise<void>;
  upload(input: { readonly hash: string; readonly bytes: Uint8Array; readonly layout: Layout }): Promise<void>;
  download(hash: string): Promise<Uint8Array>;
  /** PBKDF2 by WebCrypto, which a sealed worker lacks. */
  stretch: Stretch;
  report(progress: SiteProgress): void;
  /** How far a reading is. */
  reading(progress: ReadProgress): void;
  /** The beginning of the table that is being read. */
  beginning(table: TableView): void;
};
