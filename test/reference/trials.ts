/**
 * Made-up trials and treatment cohorts with a known truth: every patient's risk under both arms is known, because it is made up.
 * Nothing of the product's fitting is used.
 */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import type { EffectRows, EffectSite } from '@consilium/shared/effects';

export interface TrialTruth {
  /** Log odds per covariate. */
  readonly risk: readonly number[];
  /** Log odds ratio of treatment. */
  readonly effect: number;
  /** Log odds per arm × covariate. */
  readonly interactions: readonly number[];
  /** Log odds of treatment per covariate; zeros in a trial. */
  readonly choice: readonly number[];
  /** Each site's own level and number of patients. */
  readonly sites: readonly { readonly intercept: number; readonly patients: number; readonly choice?: number }[];
}

export interface TrialSite extends EffectSite {
  /** Risk without treatment minus risk with it, of each test patient. */
  readonly trueBenefit: Float64Array;
  readonly intercept: number;
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Five correlated covariates: three normal, two yes-or-no, each standardised; outcome by a logistic model. */
export function makeTrial(truth: TrialTruth, seed: string, testPatients = 0): TrialSite[] {
  return truth.sites.map((site, at) => {
    const { uniform } = randomStream(sha256(utf8Bytes(`trial ${seed} ${at}`)));
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    const draw = (count: number): { rows: EffectRows; benefit: Float64Array } => {
      const width = truth.risk.length;
      const x = new Float64Array(count * width);
      const y = new Float64Array(count);
      const arm = new Float64Array(count);
      const harm = new Float64Array(count);
      const fold = new Uint8Array(count);
      const benefit = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        const shared = normal();
        for (let j = 0; j < width; j++) {
          const value = 0.5 * shared + Math.sqrt(0.75) * normal();
          x[i * width + j] = j < 3 ? value : value > 0 ? 1 : -1;
        }
        const dot = (weights: readonly number[]): number => weights.reduce((sum, weight, j) => sum + weight * x[i * width + j]!, 0);
        arm[i] = uniform() < sigmoid((site.choice ?? 0) + dot(truth.choice)) ? 1 : 0;
        const base = site.intercept + dot(truth.risk);
        const treated = base + truth.effect + dot(truth.interactions);
        y[i] = uniform() < sigmoid(arm[i] === 1 ? treated : base) ? 1 : 0;
        harm[i] = uniform() < sigmoid(-2 + 0.5 * arm[i]!) ? 1 : 0;
        fold[i] = Math.floor(uniform() * 5);
        benefit[i] = sigmoid(base) - sigmoid(treated);
      }
      return { rows: { x, width, rows: count, y, arm, harms: [harm], fold }, benefit };
    };
    const train = draw(site.patients);
    const test = draw(testPatients);
    return {
      train: train.rows,
      test: test.rows,
      unassigned: 0,
      baseline: new Float64Array(0),
      trueBenefit: test.benefit,
      intercept: site.intercept,
    };
  });
}

/** Eight hospitals of unequal size and level. */
export const TRIAL_SITES: TrialTruth['sites'] = [
  { intercept: -1.2, patients: 120 },
  { intercept: -0.4, patients: 400 },
  { intercept: -0.9, patients: 250 },
  { intercept: -0.1, patients: 90 },
  { intercept: -0.7, patients: 340 },
  { intercept: -1.5, patients: 180 },
];

/** Heterogeneity of the absolute effect from risk alone. */
export const RISK_TRIAL: TrialTruth = {
  risk: [0.8, 0.5, -0.4, 0.3, 0.2],
  effect: -0.6,
  interactions: [0, 0, 0, 0, 0],
  choice: [0, 0, 0, 0, 0],
  sites: TRIAL_SITES,
};

/** The relative effect differs too. */
export const INTERACTION_TRIAL: TrialTruth = { ...RISK_TRIAL, interactions: [0.5, -0.3, 0, 0.3, 0] };
