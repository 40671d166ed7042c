/**
 * What the released sums have taught so far. Coordinator and every site derive the same state from the same sums;
 * the SHA-256 of its bytes is the model hash that all of them sign in the next round's adverts.
 */
import type { ServerState } from '../aggregation/index.ts';
import type { EffectState } from '../effects/index.ts';
import type { Scaling } from '../preparation/index.ts';
import type { NewtonState } from '../training/index.ts';
import { type Contributors, noContributors } from './contributors.ts';
import type { InformativeSites } from './informative-sites.ts';
import type { ParticipantFlow } from './participants.ts';
import type { RidgeTuning } from './ridge-tuning.ts';
import type { ModelLabel, StageName } from './stage-name.ts';

export type { ModelLabel, StageName };

/** One fit of the network. */
export interface Fit {
  readonly weights: Float64Array;
  readonly server: ServerState;
  /** SCAFFOLD's control variate; null before the first sum and for every other algorithm. */
  readonly shared: Float64Array | null;
}

/** Why training by rounds ended before its last round. */
export type TrainingEnd = 'diverged' | 'exploded' | 'converged' | 'validation';

/** Validation rows while training goes on. */
export interface Watched {
  /** The sites of the first sum; every later one is over the same. */
  readonly cohort: readonly number[];
  /** Whether enough hospitals have validation rows; otherwise no loss is asked for. */
  readonly isShared: boolean;
  /** Lowest mean loss so far, with its fits, and how many looks have passed since; null before the first and after training. */
  readonly best: { readonly loss: number; readonly round: number; readonly looks: number; readonly fits: readonly Fit[] } | null;
}

/** The fit that is the model, and what is known of its training. */
export interface Network extends Fit {
  /** Fits from other first weights, trained in the same rounds: how much chance there is in the model. */
  readonly others: readonly Fit[];
  /** Root mean square of the last mean update; shown, never used. */
  readonly lastUpdateSize: number;
  /** Sites whose update had entries outside the clip in the last round, by weight, 0 to 1. */
  readonly lastClippedShare: number;
  /** The fits before the last round, if most of that round's entries were outside the clip; null else. */
  readonly beforeExploding: readonly Fit[] | null;
  /** What the validation rows have said; null before the first look and in plans that ask for none. */
  readonly watched: Watched | null;
  /** The round whose fits were kept for the lowest validation loss; null while training goes on and where nobody looked. */
  readonly keptFrom: { readonly round: number; readonly loss: number } | null;
  /** Intercepts and slope of every fit after training with class weights; null before it, and in plans without. */
  readonly recalibration: readonly NewtonState[] | null;
  /** Which rows they were fitted on; null where there is no recalibration. */
  readonly recalibratedOn: 'validation' | 'training' | null;
  /** Why and in which round training ended early; null while it goes on and when it went to the end. */
  readonly ended: { readonly reason: TrainingEnd; readonly round: number } | null;
}

export interface Evaluation {
  readonly sums: Float64Array;
  /** The cohort of the first evaluation sum; calibration keeps it. */
  readonly cohort: readonly number[];
  readonly calibration: NewtonState | null;
}

/** Sites that show each declared group and that have it, and sites with validation rows; from the first sum. */
export interface JudgedSites {
  readonly groups: readonly (readonly { readonly shown: number; readonly present: number }[])[];
  readonly validation: number;
}

/** Sums of the judgement so far, by model. */
export interface Judgement {
  readonly passes: number;
  readonly subgroups: { readonly [label: string]: Float64Array };
  /** Hospitals that have each figure, in the order of the task's. */
  readonly figures: { readonly [label: string]: readonly number[] };
  readonly first: { readonly [label: string]: Float64Array };
  readonly second: { readonly [label: string]: Float64Array };
  readonly promotion: {
    readonly n: number;
    readonly difference: number;
    readonly squares: number;
    /** Null where the network is not better, so that nobody asks. */
    readonly slope: NewtonState | null;
  } | null;
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
  /** Contributors of the released sums, by the rows that were summed: what the differencing guard starts from at every site. */
  readonly contributors: Contributors;
  /** By outcome name. */
  readonly informative: { readonly [outcome: string]: InformativeSites };
  /** The primary outcome's exact fit. */
  readonly newton: NewtonState | null;
  /** The exact fits beside it, by label. */
  readonly beside: { readonly [label: string]: NewtonState };
  /** While the penalty of the next exact fit is being chosen. */
  readonly tuning: RidgeTuning | null;
  readonly network: Network | null;
  readonly evaluations: { readonly [label: string]: Evaluation };
  /** Who took part, over all hospitals; null before the first sum. */
  readonly flow: ParticipantFlow | null;
  readonly judged: JudgedSites | null;
  readonly judgement: Judgement | null;
  /** Validation rows by |residual| of a measured outcome; null before that sum and in plans without. */
  readonly conformal: Float64Array | null;
  /** What is known of the treatment's effect; null before its first sum and in studies without one. */
  readonly effect: EffectState | null;
}

/** Model 0: nothing is known but the plan. */
export const emptyProgramme = (planHash: string, sites: number): ProgrammeState => ({
  planHash,
  sites,
  stage: { kind: 'statistics' },
  cohort: null,
  contributors: noContributors,
  scaling: null,
  informative: {},
  newton: null,
  beside: {},
  tuning: null,
  network: null,
  evaluations: {},
  flow: null,
  judged: null,
  judgement: null,
  conformal: null,
  effect: null,
});
