/**
 * What the released sums have taught so far. Coordinator and every site derive the same state from the same sums;
 * the SHA-256 of its bytes is the model hash that all of them sign in the next round's adverts.
 */
import type { ServerState } from '../aggregation/index.ts';
import type { Scaling } from '../preparation/index.ts';
import type { NewtonState } from '../training/index.ts';
import type { InformativeSites } from './informative-sites.ts';

/** `federated` is the plan's model; `exact` the ridge logistic that is fitted beside a network. */
export type ModelLabel = 'federated' | 'exact';

/** Which secure sum comes next. */
export type StageName =
  | { readonly kind: 'statistics' }
  | { readonly kind: 'newton' }
  | { readonly kind: 'update'; readonly round: number }
  | { readonly kind: 'evaluation'; readonly label: ModelLabel }
  | { readonly kind: 'calibration'; readonly label: ModelLabel }
  | { readonly kind: 'closing' }
  | { readonly kind: 'done' };

export interface Network {
  readonly weights: Float64Array;
  readonly server: ServerState;
  /** Root mean square of the last mean update; shown, never used. */
  readonly lastUpdateSize: number;
  /** Sites whose update had entries outside the clip in the last round, by weight, 0 to 1. */
  readonly lastClippedShare: number;
}

export interface Evaluation {
  readonly sums: Float64Array;
  /** The cohort of the first evaluation sum; calibration keeps it. */
  readonly cohort: readonly number[];
  readonly calibration: NewtonState | null;
}

export interface ProgrammeState {
  /** Hash of the signed plan, in hex: where model 0 comes from. */
  readonly planHash: string;
  /** Sites on the roster: the bound that keeps every sum from wrapping. */
  readonly sites: number;
  readonly stage: StageName;
  /** The sites of the statistics sum: the frozen cohort of every exact sum after it. */
  readonly cohort: readonly number[] | null;
  readonly scaling: Scaling | null;
  readonly informative: InformativeSites | null;
  readonly newton: NewtonState | null;
  readonly network: Network | null;
  readonly evaluations: { readonly [label: string]: Evaluation };
}

/** Model 0: nothing is known but the plan. */
export const emptyProgramme = (planHash: string, sites: number): ProgrammeState => ({
  planHash,
  sites,
  stage: { kind: 'statistics' },
  cohort: null,
  scaling: null,
  informative: null,
  newton: null,
  network: null,
  evaluations: {},
});
