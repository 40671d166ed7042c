/** The learners of the research view beside the same learners on rows in one place, and coverage of the coefficients over many trials. */
import {
  type BenefitModel,
  benefitModels,
  covarianceOf,
  type EffectRows,
  type EffectSettings,
  predictedBenefit,
} from '@consilium/shared/effects';
import { EFFECT_SETTINGS, runEffect } from '../reference/effect-run.ts';
import { makeTrial, type TrialSite, type TrialTruth } from '../reference/trials.ts';

const LEARNERS = ['t', 'x', 'dr'] as const satisfies readonly BenefitModel[];
type Learner = (typeof LEARNERS)[number];

export interface LearnerRatio {
  readonly sums: number;
  readonly pooled: number;
  /** Mean √PEHE by sums over that on pooled rows. */
  readonly ratio: number;
}

/** So large a value of a hospital's column that the small ridge of the learners hardly touches its coefficient, as an intercept has none. */
const UNPENALISED = 100;

/** All hospitals as one, with a column for each but the first: what the same learner would see in one place. */
export function inOnePlace(sites: readonly TrialSite[]): TrialSite {
  const joined = (part: 'train' | 'test'): EffectRows => {
    const all = sites.map((site) => site[part]);
    const width = (all[0]?.width ?? 0) + sites.length - 1;
    const x = all.flatMap((rows, site) =>
      Array.from({ length: rows.rows }, (_, row) => [
        ...rows.x.subarray(row * rows.width, (row + 1) * rows.width),
        ...Array.from({ length: sites.length - 1 }, (_unused, other) => (site === other + 1 ? UNPENALISED : 0)),
      ]).flat(),
    );
    const join = (of: (rows: EffectRows) => ArrayLike<number>): Float64Array =>
      Float64Array.from(all.flatMap((rows) => Array.from(of(rows))));
    return {
      x: Float64Array.from(x),
      width,
      rows: all.reduce((sum, { rows }) => sum + rows, 0),
      y: join(({ y }) => y),
      arm: join(({ arm }) => arm),
      harms: [join(({ harms }) => harms[0] ?? [])],
      fold: Uint8Array.from(join(({ fold }) => fold)),
    };
  };
  const trueBenefit = Float64Array.from(sites.flatMap((site) => Array.from(site.trueBenefit)));
  return { train: joined('train'), test: joined('test'), unassigned: 0, baseline: new Float64Array(0), trueBenefit, intercept: 0 };
}

/** @param trials - Each with 150 test patients a hospital. */
export function learnerRatios(truth: TrialTruth, seed: string, trials: number): Readonly<Record<Learner, LearnerRatio>> {
  const total = { t: [0, 0], x: [0, 0], dr: [0, 0] };
  for (let trial = 0; trial < trials; trial++) {
    const sites = makeTrial(truth, `${seed} ${trial}`, 150);
    const dummies = sites.slice(1).map((_, at) => `hospital ${at + 1}`);
    const settings: EffectSettings = { ...EFFECT_SETTINGS, level: 3 };
    const pooled: EffectSettings = { ...settings, names: [...settings.names, ...dummies], minimum: 1 };
    for (const learner of LEARNERS) {
      for (const [at, [own, all]] of [[settings, sites] as const, [pooled, [inOnePlace(sites)]] as const].entries()) {
        total[learner][at]! += rootPehe(own, all, learner);
      }
    }
  }
  const read = ([sums = 0, onPooled = 0]: readonly number[]): LearnerRatio => ({
    sums: sums / trials,
    pooled: onPooled / trials,
    ratio: sums / onPooled,
  });
  return { t: read(total.t), x: read(total.x), dr: read(total.dr) };
}

const states = new WeakMap<readonly TrialSite[], ReturnType<typeof runEffect>>();

function rootPehe(settings: EffectSettings, sites: readonly TrialSite[], learner: Learner): number {
  const state = states.get(sites) ?? runEffect(settings, sites);
  states.set(sites, state);
  if (!benefitModels(settings, state).includes(learner)) throw new Error(`rootPehe: the learner ${learner} has no answer`);
  const errors = sites.flatMap((site) =>
    Array.from(predictedBenefit(settings, state, site, site.test, learner) ?? [], (value, i) => (value - site.trueBenefit[i]!) ** 2),
  );
  return Math.sqrt(errors.reduce((sum, value) => sum + value, 0) / errors.length);
}

/** Per cent of trials in which the 95 % interval of each coefficient of level 1 holds the truth: covariates, then the treatment. */
export function coefficientCoverage(truth: TrialTruth, seed: string, trials: number): number[] {
  const wanted = [...truth.risk, truth.effect];
  const held = wanted.map(() => 0);
  for (let trial = 0; trial < trials; trial++) {
    const { fits } = runEffect(EFFECT_SETTINGS, makeTrial(truth, `${seed} ${trial}`), 'tests');
    const covariance = fits.level1 === undefined ? null : covarianceOf(fits.level1);
    for (const [j, value] of wanted.entries()) {
      const error = Math.sqrt(covariance?.[j * wanted.length + j] ?? Number.NaN);
      if (Math.abs((fits.level1?.coefficients[j] ?? Number.NaN) - value) <= 1.959964 * error) held[j]! += 1;
    }
  }
  return held.map((count) => (100 * count) / trials);
}
