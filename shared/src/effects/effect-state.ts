/** What the released sums have taught about the effect so far. Plain data; every site derives the same. */
import type { EffectCounts, EffectRefusal } from './effect-counts.ts';
import type { EffectRows } from './effect-design.ts';
import type { FitState } from './fit-state.ts';
import type { ScoreTest } from './score-test.ts';

/** The sums in their order; which of them there are depends on the plan and on what the tests find. */
export type EffectStep =
  | 'counts'
  | 'baseline'
  | 'propensity'
  | 'level1'
  | 'tests'
  | 'level2'
  | 'nuisance'
  | 'pseudo'
  | 'tarnet'
  | 'benefit'
  | 'done';

export interface EffectTests {
  readonly interactions: ScoreTest | null;
  /** Arm × linear predictor, per unit of the predictor. */
  readonly risk: ScoreTest | null;
  /** Standard deviation of the linear predictor over the rows. */
  readonly riskSpread: number;
}

export interface EffectState {
  readonly step: EffectStep;
  readonly counts: EffectCounts | null;
  /** Sums of each arm's features before treatment; null where too few hospitals have enough patients in each arm. */
  readonly baseline: readonly number[] | null;
  /** Fits under way, by name: `level1`, `harm/0`, `propensity`, `t1/3` and so on. */
  readonly batch: { readonly [name: string]: FitState };
  readonly fits: { readonly [name: string]: FitState };
  /** The network of the research view; null before its first round and in plans without one. */
  readonly tarnet: { readonly round: number; readonly weights: readonly number[] } | null;
  /** Middles of the sandwich, packed, where rows are weighted. */
  readonly meats: { readonly [name: string]: readonly number[] };
  readonly tests: EffectTests | null;
  /** As `readOverlap` reads it; null for a randomised study. */
  readonly overlap: readonly number[] | null;
  /** Benefit cells by model. */
  readonly benefit: { readonly [model: string]: Float64Array };
  /** Sums of the average difference by fit. */
  readonly averages: { readonly [name: string]: readonly number[] };
  /** Why level 3 has no result although the plan asks for it. */
  readonly learnersRefused: 'too-few-in-arms' | 'fit-failed' | null;
  readonly refusal: EffectRefusal | null;
}

export const emptyEffect: EffectState = {
  step: 'counts',
  counts: null,
  baseline: null,
  batch: {},
  fits: {},
  tarnet: null,
  meats: {},
  tests: null,
  overlap: null,
  benefit: {},
  averages: {},
  learnersRefused: null,
  refusal: null,
};

/** One site's rows, arms known. */
export interface EffectSite {
  readonly train: EffectRows;
  readonly test: EffectRows;
  /** Training patients left out because their arm is missing or none of the two. */
  readonly unassigned: number;
  /** Its part of the arms' first table, of which the effect knows the length only; zeros where an arm is small. */
  readonly baseline: Float64Array;
}

/** Names in an order that does not depend on how the state was stored. */
export const namesOf = (record: { readonly [name: string]: unknown }): string[] => Object.keys(record).sort();
