/**
 * Long validation of the treatment effect on made-up trials with known truth: `pnpm validate:effects [runs] [trials]`, or of the learners of level 3
 * alone: `pnpm validate:effects learners [trials]`, or of its network: `pnpm validate:effects tarnet [trials]`; with a third head where treatment was chosen:
 * `pnpm validate:effects dragonnet [trials]`.
 * Prints size and power of the tests against the pooled-rows twin, √PEHE of the levels and learners, and interval coverage.
 */
import {
  type BenefitModel,
  benefitModels,
  covarianceOf,
  type EffectSite,
  type EffectState,
  predictedBenefit,
  siteEffects,
} from '@consilium/shared/effects';
import { EFFECT_SETTINGS, runEffect } from '../reference/effect-run.ts';
import { pooledScoreTest } from '../reference/pooled-logistic.ts';
import { INTERACTION_TRIAL, makeTrial, RISK_TRIAL, type TrialSite, type TrialTruth } from '../reference/trials.ts';
import { coefficientCoverage, learnerRatios } from './effect-twins.ts';
import { dragonnetFigures, tarnetFigures } from './tarnet-twin.ts';

export interface Rejections {
  readonly runs: number;
  readonly interactions: number;
  readonly risk: number;
  /** The same test on rows in one place; 0 runs where it was not asked for. */
  readonly pooledRuns: number;
  readonly pooledInteractions: number;
  /** Largest difference of the two statistics. */
  readonly largestDifference: number;
}

export const CHI_SQUARE_95_5 = 11.070497693516351;

/** How often the declared tests reject at 5 %. */
export function rejections(truth: TrialTruth, seed: string, runs: number, pooledRuns: number): Rejections {
  const counts = { interactions: 0, risk: 0, pooledInteractions: 0, largestDifference: 0 };
  for (let run = 0; run < runs; run++) {
    const sites = makeTrial(truth, `${seed} ${run}`);
    const { tests } = testsOf(sites);
    if ((tests?.interactions?.pValue ?? 1) < 0.05) counts.interactions += 1;
    if ((tests?.risk?.pValue ?? 1) < 0.05) counts.risk += 1;
    if (run >= pooledRuns) continue;
    const statistic = pooledStatistic(sites);
    counts.largestDifference = Math.max(counts.largestDifference, Math.abs(statistic - (tests?.interactions?.statistic ?? 0)));
    if (statistic > CHI_SQUARE_95_5) counts.pooledInteractions += 1;
  }
  const share = (count: number, of: number): number => (of === 0 ? 0 : (100 * count) / of);
  return {
    runs,
    interactions: share(counts.interactions, runs),
    risk: share(counts.risk, runs),
    pooledRuns,
    pooledInteractions: share(counts.pooledInteractions, pooledRuns),
    largestDifference: counts.largestDifference,
  };
}

const testsOf = (sites: readonly EffectSite[]): EffectState => runEffect(EFFECT_SETTINGS, sites, 'benefit');

function pooledStatistic(sites: readonly TrialSite[]): number {
  const rows = sites.flatMap(({ train }, site) =>
    Array.from({ length: train.rows }, (_, i) => ({
      site,
      x: Array.from(train.x.subarray(i * train.width, (i + 1) * train.width)),
      arm: train.arm[i]!,
      y: train.y[i]!,
    })),
  );
  return pooledScoreTest(
    rows.map(({ x, arm }) => [...x, arm]),
    rows.map(({ x, arm }) => x.map((value) => value * arm)),
    rows.map(({ y }) => y),
    rows.map(({ site }) => site),
  );
}

export interface Accuracy {
  /** Mean over trials of √(mean squared error of the individual benefit). Level 2 is level 1 where the test does not open it. */
  readonly rootPehe: Readonly<Record<BenefitModel, number>>;
  /** Mean over trials of the standard deviation of the true benefit. */
  readonly trueSpread: number;
  /** Share of 95 % intervals that hold the truth: of each coefficient of level 1, and of the individual benefit. */
  readonly coefficientCoverage: readonly number[];
  readonly benefitCoverage: number;
}

/** Estimates against the truth over many trials. */
export function accuracy(truth: TrialTruth, seed: string, trials: number, level: 1 | 2 | 3): Accuracy {
  const pehe: Record<BenefitModel, number> = { level1: 0, level2: 0, t: 0, x: 0, dr: 0, tarnet: 0, dragonnet: 0 };
  const covered = [...truth.risk, truth.effect].map(() => 0);
  let spread = 0;
  let inside = 0;
  let intervals = 0;
  const settings = { ...EFFECT_SETTINGS, level };
  for (let trial = 0; trial < trials; trial++) {
    const sites = makeTrial(truth, `${seed} ${trial}`, 150);
    const state = runEffect(settings, sites);
    const models = benefitModels(settings, state);
    const truths = sites.flatMap((site) => Array.from(site.trueBenefit));
    spread += deviation(truths);
    for (const model of Object.keys(pehe) as BenefitModel[]) {
      const used = models.includes(model) ? model : model === 'level2' ? 'level1' : null;
      if (used === null) continue;
      const predicted = sites.flatMap((site) => Array.from(predictedBenefit(settings, state, site, site.test, used) ?? []));
      pehe[model] += Math.sqrt(mean(predicted.map((value, i) => (value - truths[i]!) ** 2)));
    }
    const fit = state.fits.level1;
    const covariance = fit === undefined ? null : covarianceOf(fit);
    [...truth.risk, truth.effect].forEach((value, j) => {
      const error = Math.sqrt(covariance?.[j * (truth.risk.length + 1) + j] ?? Number.NaN);
      if (Math.abs((fit?.coefficients[j] ?? Number.NaN) - value) <= 1.959964 * error) covered[j]! += 1;
    });
    for (const site of sites) {
      siteEffects({ ...settings, level: 1 }, { ...state, fits: { level1: fit! } }, site, site.test).forEach((effect, i) => {
        if (effect.kind !== 'shown') return;
        intervals += 1;
        const [low, high] = effect.benefit.interval;
        if (low <= site.trueBenefit[i]! && site.trueBenefit[i]! <= high) inside += 1;
      });
    }
  }
  return {
    rootPehe: Object.fromEntries(Object.entries(pehe).map(([model, sum]) => [model, sum / trials])) as Record<BenefitModel, number>,
    trueSpread: spread / trials,
    coefficientCoverage: covered.map((count) => (100 * count) / trials),
    benefitCoverage: (100 * inside) / intervals,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

if (process.argv[1]?.endsWith('studies/effects.js')) {
  const [first, second] = process.argv.slice(2);
  if (first === 'learners') printLearners(Number(second ?? 100));
  else if (first === 'tarnet') printTarnet(Number(second ?? 30));
  else if (first === 'dragonnet') printDragonnet(Number(second ?? 10));
  else printAll(Number(first ?? 2000), Number(second ?? 1000));
}

function printAll(runs: number, trials: number): void {
  console.log('null', rejections(RISK_TRIAL, 'null', runs, Math.min(runs, 200)));
  console.log('power', rejections(INTERACTION_TRIAL, 'power', Math.min(runs, 500), Math.min(runs, 500)));
  console.log('risk only', accuracy(RISK_TRIAL, 'risk', trials, 2));
  console.log('coverage of coefficients', coefficientCoverage(RISK_TRIAL, 'risk', 5 * trials));
  console.log('interactions', accuracy(INTERACTION_TRIAL, 'interactions', trials, 2));
  printLearners(Math.ceil(trials / 10));
}

function printTarnet(trials: number): void {
  console.log('network with a head for each arm, risk only', tarnetFigures(RISK_TRIAL, 'tarnet', trials));
  console.log('network with a head for each arm, interactions', tarnetFigures(INTERACTION_TRIAL, 'tarnet', trials));
}

/** Treatment goes to those at higher risk, and more often in some hospitals than in others. */
function printDragonnet(trials: number): void {
  const sites = INTERACTION_TRIAL.sites.map((site, at) => ({ ...site, choice: [-0.6, 0, 0.4, 0, 0.6, -0.3][at] ?? 0 }));
  const choice = [0.8, 0.4, -0.3, 0, 0.2];
  for (const [name, truth] of [
    ['risk only', RISK_TRIAL],
    ['interactions', INTERACTION_TRIAL],
  ] as const) {
    for (const propensity of [0, 1]) {
      console.log(
        `treatment chosen, ${name}, third head weighs ${propensity}`,
        dragonnetFigures({ ...truth, sites, choice }, 'dragonnet', trials, propensity),
      );
    }
  }
}

function printLearners(trials: number): void {
  console.log('learners, risk only', learnerRatios(RISK_TRIAL, 'learners', trials));
  console.log('learners, interactions', learnerRatios(INTERACTION_TRIAL, 'learners', trials));
}
