/** What the effect programme needs from a plan, after the scaling has settled which columns there are. */
import type { TarnetSettings } from './tarnet.ts';

export type Assignment = 'randomised' | 'observational';
/** average: all patients; treated: those who were treated; overlap: those who could have been either. */
export type Estimand = 'average' | 'treated' | 'overlap';

export interface EffectSettings {
  readonly assignment: Assignment;
  readonly estimand: Estimand;
  /** Declared share of the treated, for a randomised study; null otherwise. */
  readonly allocation: number | null;
  readonly level: 1 | 2 | 3;
  /** Whether the outcome is to be prevented or reached: what counts as benefit. */
  readonly aim: 'prevent' | 'reach';
  /** Names of the covariates, in the order of `EffectRows.x`. */
  readonly names: readonly string[];
  /** Positions in `names` whose interaction with the arm is tested and, at level 2, fitted. */
  readonly modifiers: readonly number[];
  readonly harms: readonly string[];
  /** Entries of `EffectSite.baseline`. */
  readonly baselineLength: number;
  /** Declared tests: of the whole block, and of the arm × linear predictor. */
  readonly tests: readonly ('interactions' | 'risk')[];
  /** Below which the block's test opens level 2. */
  readonly alpha: number;
  readonly folds: number;
  /** Null where the plan asks for none. */
  readonly tarnet: TarnetSettings | null;
  /** Penalty on the covariates, never on the arm. */
  readonly ridge: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Fewest hospitals in a sum. */
  readonly minimum: number;
}

/** Fewest patients in each arm for a site to take part in weighting and in learners, and to be shown an individual effect. */
export const FEWEST_IN_ARM = 10;
/** Propensities outside are cut to these. Source: learning.md §5. */
export const PROPENSITY_LIMITS: readonly [number, number] = [0.02, 0.98];
/** Penalty of the learners' nuisance fits: small arms in small folds would separate without. */
export const NUISANCE_RIDGE = 1;
