/**
 * One patient's risk under either arm and the difference, with its interval by the delta method. Runs inside a site: the site's own
 * intercept and its part of the covariance are used here and sent nowhere.
 *
 * Rules: the intercept is α̂(θ̂), so its gradient by θ is −centre, and it has a variance of its own, 1 / curvature.
 * Source: learning.md §5; Oehlert 1992 for the delta method.
 */
import { sigmoid } from '../models/index.ts';
import type { SiteFit } from './fit-sums.ts';
import { quadraticForm } from './packed.ts';

/** What every site knows of a fit. */
export interface EffectModel {
  readonly coefficients: ArrayLike<number>;
  /** Row-major, shape (size, size). */
  readonly covariance: Float64Array;
}

export interface PatientBenefit {
  readonly riskWithout: number;
  readonly riskWith: number;
  /** Risk without minus risk with where the outcome is to be prevented, the other way round where it is to be reached. */
  readonly benefit: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  /** 1 / benefit, rounded up; null where the interval holds 0. */
  readonly numberNeededToTreat: number | null;
}

export const NORMAL_97_5 = 1.959963984540054;

/** Gradient of the risk difference (without − with) by θ after profiling, and by the site's intercept. */
export interface DifferenceGradient {
  readonly riskWithout: number;
  readonly riskWith: number;
  readonly byCoefficients: Float64Array;
  readonly byIntercept: number;
}

/** @param without - Design row under the comparator. @param under - Design row under treatment. */
export function differenceGradient(
  coefficients: ArrayLike<number>,
  site: Pick<SiteFit, 'intercept' | 'centre'>,
  without: readonly number[],
  under: readonly number[],
): DifferenceGradient {
  const risk = (row: readonly number[]): number => sigmoid(row.reduce((sum, value, j) => sum + value * coefficients[j]!, site.intercept));
  const riskWithout = risk(without);
  const riskWith = risk(under);
  const slopeWithout = riskWithout * (1 - riskWithout);
  const slopeWith = riskWith * (1 - riskWith);
  const byIntercept = slopeWithout - slopeWith;
  const byCoefficients = Float64Array.from(
    without,
    (value, j) => slopeWithout * value - slopeWith * under[j]! - byIntercept * site.centre[j]!,
  );
  return { riskWithout, riskWith, byCoefficients, byIntercept };
}

/** @param aim - What counts as benefit. */
export function patientBenefit(
  model: EffectModel,
  site: Pick<SiteFit, 'intercept' | 'centre' | 'curvature'>,
  rows: { readonly without: readonly number[]; readonly under: readonly number[] },
  aim: 'prevent' | 'reach',
): PatientBenefit {
  const { riskWithout, riskWith, byCoefficients, byIntercept } = differenceGradient(model.coefficients, site, rows.without, rows.under);
  const standardError = Math.sqrt(quadraticForm(model.covariance, byCoefficients) + byIntercept ** 2 / site.curvature);
  const benefit = aim === 'prevent' ? riskWithout - riskWith : riskWith - riskWithout;
  const interval = [Math.max(-1, benefit - NORMAL_97_5 * standardError), Math.min(1, benefit + NORMAL_97_5 * standardError)] as const;
  const isClear = interval[0] > 0 || interval[1] < 0;
  return {
    riskWithout,
    riskWith,
    benefit,
    standardError,
    interval,
    numberNeededToTreat: isClear ? Math.ceil(1 / Math.abs(benefit)) : null,
  };
}
