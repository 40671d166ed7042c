/** What a study found of its treatment, as figures; a page's words about them are chosen from these. */
import type { BenefitMetrics } from './benefit-metrics.ts';
import type { EValue } from './e-value.ts';
import type { EffectCounts, EffectRefusal } from './effect-counts.ts';
import type { Overlap } from './overlap.ts';

type Interval = readonly [number, number];

export interface RelativeEffect {
  readonly oddsRatio: number;
  readonly interval: Interval;
  readonly logOdds: number;
  readonly standardError: number;
  readonly pValue: number;
}

/** Averages over the training patients of all sites. */
export interface AbsoluteEffect {
  readonly riskWithout: number;
  readonly riskWith: number;
  /** Without minus with. */
  readonly difference: number;
  readonly standardError: number;
  readonly interval: Interval;
}

export interface OutcomeEffect {
  readonly relative: RelativeEffect;
  readonly absolute: AbsoluteEffect;
}

export interface TestResult {
  readonly statistic: number;
  readonly degrees: number;
  readonly pValue: number;
}

export interface BenefitResult extends BenefitMetrics {
  readonly quarterIntervals: readonly (Interval | null)[];
  readonly qiniInterval: Interval | null;
}

export interface EffectFindings {
  /** Evidence no higher than this; decides which words a page may use. */
  readonly evidence: 'randomised' | 'observational';
  readonly refusal: EffectRefusal | null;
  readonly counts: EffectCounts | null;
  readonly primary: OutcomeEffect | null;
  /** By harm; null where its fit did not end. */
  readonly harms: readonly { readonly name: string; readonly effect: OutcomeEffect | null }[];
  readonly eValue: EValue | null;
  readonly tests: { readonly interactions: TestResult | null; readonly risk: TestResult | null };
  /** Smallest ratio of odds ratios, between patients one standard deviation of risk apart, that the risk test finds in 8 of 10 studies. */
  readonly detectableRatio: number | null;
  /** Names and shrunken coefficients of level 2; null where level 1 stands. */
  readonly interactions: readonly { readonly name: string; readonly coefficient: number; readonly spread: number }[] | null;
  readonly overlap: Overlap | null;
  readonly benefit: { readonly [model: string]: BenefitResult };
  readonly learners: 'shown' | 'not-asked' | 'too-few-in-arms' | 'fit-failed';
}
