/**
 * A stage is one kind of secure sum, as three functions: what is asked, how a site answers from its rows, and what the
 * released sum teaches. `query` and `advance` are pure and use + − × ÷ √ only, because every site repeats them.
 */
import type { EffectSite } from '../effects/index.ts';
import type { Prepared, Scaling } from '../preparation/index.ts';
import type { Query } from '../protocol/index.ts';
import type { Outcome } from '../schema/index.ts';
import type { EncodedVector } from '../secagg/index.ts';
import type { Plan } from '../study/index.ts';
import type { BackendName } from '../training/index.ts';
import type { PatientRow, PatientValues } from './patient-row.ts';
import type { ProgrammeState } from './programme-state.ts';
import type { SiteMemory } from './site-memory.ts';

/** A site's rows as its answers need them. The rows stay where this object lives. */
export interface SiteRows {
  readonly site: string;
  /** Sums over the training rows, in the order of `statisticsNames(plan)`. */
  statistics(): Float64Array;
  /** Rows read, left out and used, as `flowEntries`. */
  flow(): readonly number[];
  /**
   * Test rows by class of an outcome, before anything is scaled; used only to say which sums this site can be part of.
   * Of several classes, `events` is the rarest but the reference.
   */
  testClasses(outcome: Outcome): { readonly events: number; readonly nonEvents: number };
  /** Test rows in the order of the matrix: the primary outcome, and for each of the plan's subgroups the group of each row. */
  testGroups(): { readonly labels: Float64Array; readonly groups: readonly Uint8Array[] };
  /** The primary outcome of the validation rows. */
  validationOutcomes(): Float64Array;
  prepared(scaling: Scaling): Prepared;
  /** Fold of each data row, by its 1-based number: all rows of a patient share one. */
  folds(count: number): ReadonlyMap<number, number>;
  /** Rows with their arms. @throws TypeError where the plan declares no treatment. */
  effect(scaling: Scaling): EffectSite;
  /** 1-based data rows of the effect's test rows, in order. */
  effectTestRows(): readonly number[];
  /** One patient prepared like every other row; values left out are not known. */
  patient(scaling: Scaling, values: PatientValues): PatientRow;
  /** What stands in a row, as it would be typed; null where there is none. @param row - 1-based data row. */
  valuesOf(row: number): PatientValues | null;
  /** 1-based data rows of the test patients. */
  testRows(): readonly number[];
}

export interface StageTools {
  readonly planHash: string;
  readonly backend: BackendName;
  /** What this site kept of its earlier rounds. */
  readonly memory: SiteMemory;
  /** 32 fresh secret bytes for stochastic rounding. */
  freshSeed(): Uint8Array;
  onProgress(progress: { readonly epoch: number; readonly epochs: number; readonly fraction: number }): void;
}

export interface Stage {
  query(plan: Plan, state: ProgrammeState): Query;
  answer(plan: Plan, state: ProgrammeState, rows: SiteRows, tools: StageTools): Promise<EncodedVector>;
  advance(plan: Plan, state: ProgrammeState, sum: EncodedVector, survivors: readonly number[]): ProgrammeState;
}

/** A vector that is header only: statistics, gradients, counts. */
export const headerOnly = (header: BigUint64Array): EncodedVector => ({ header, body: new Uint32Array(0) });
