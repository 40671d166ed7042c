/**
 * The network with a head for each arm beside the same network trained on rows in one place: as many whole passes, each with the gradient over all
 * rows, each row with its own hospital's level. And beside the other learners.
 */
import {
  type BenefitModel,
  benefitModels,
  type EffectSettings,
  fitRowsOf,
  predictedBenefit,
  siteFit,
  type TarnetSettings,
  tarnetGradient,
  tarnetRisks,
  tarnetStart,
} from '@consilium/shared/effects';
import { EFFECT_SETTINGS, runEffect } from '../reference/effect-run.ts';
import { makeTrial, type TrialSite, type TrialTruth } from '../reference/trials.ts';

/** The defaults of a plan. */
export const TARNET: TarnetSettings = {
  units: 16,
  headUnits: 8,
  rounds: 20,
  steps: 5,
  learningRate: 0.01,
  decay: 0.01,
  propensity: 0,
  seed: 'study',
};

/** Mean √PEHE over trials: by sums for every model, and of the network on pooled rows. */
export const tarnetFigures = (truth: TrialTruth, seed: string, trials: number): Readonly<Record<string, number>> =>
  networkFigures({ ...EFFECT_SETTINGS, level: 3, tarnet: TARNET }, TARNET, truth, seed, trials);

/** The same where treatment was chosen, with a third head that learns who got it. */
export function dragonnetFigures(truth: TrialTruth, seed: string, trials: number, propensity: number): Readonly<Record<string, number>> {
  const tarnet = { ...TARNET, propensity };
  return networkFigures(
    { ...EFFECT_SETTINGS, assignment: 'observational', allocation: null, level: 3, tarnet },
    tarnet,
    truth,
    seed,
    trials,
  );
}

function networkFigures(
  settings: EffectSettings,
  network: TarnetSettings,
  truth: TrialTruth,
  seed: string,
  trials: number,
): Readonly<Record<string, number>> {
  const totals: Record<string, number> = {};
  const add = (name: string, value: number): void => {
    totals[name] = (totals[name] ?? 0) + value / trials;
  };
  for (let trial = 0; trial < trials; trial++) {
    const sites = makeTrial(truth, `${seed} ${trial}`, 150);
    const state = runEffect(settings, sites);
    for (const model of benefitModels(settings, state)) {
      add(
        model,
        rootPehe(sites, (site) => predictedBenefit(settings, state, site, site.test, model as BenefitModel) ?? []),
      );
    }
    const levelsOf = (name: string): Map<TrialSite, number> =>
      new Map(
        sites.map((site) => {
          const fit = state.fits[name];
          const own = fit === undefined ? null : fitRowsOf(settings, state, site, name);
          return [site, fit === undefined || own === null ? 0 : siteFit(own, fit.coefficients)!.intercept];
        }),
      );
    const levels = levelsOf('level1');
    const weights = trainedInOnePlace(network, sites, levels, levelsOf('propensity'));
    add(
      'network in one place',
      rootPehe(sites, (site) => {
        const [zero, one] = ([0, 1] as const).map((arm) => tarnetRisks(network, weights, site.test, levels.get(site)!, arm));
        return zero!.map((value, i) => value - one![i]!);
      }),
    );
  }
  return { ...totals, ratio: (totals.tarnet ?? totals.dragonnet)! / totals['network in one place']! };
}

function trainedInOnePlace(
  network: TarnetSettings,
  sites: readonly TrialSite[],
  levels: ReadonlyMap<TrialSite, number>,
  choices: ReadonlyMap<TrialSite, number>,
): Float64Array {
  const rows = sites.reduce((sum, { train }) => sum + train.rows, 0);
  let weights = tarnetStart(network, sites[0]!.train.width);
  let [mean, square] = [weights.map(() => 0), weights.map(() => 0)];
  for (let step = 1; step <= network.rounds * network.steps; step++) {
    const parts = sites.map((site) => ({
      share: site.train.rows / rows,
      ...tarnetGradient(network, weights, site.train, levels.get(site)!, choices.get(site)!),
    }));
    const gradient = weights.map((_, at) => parts.reduce((sum, part) => sum + part.share * part.gradient[at]!, 0));
    mean = mean.map((value, at) => 0.9 * value + 0.1 * gradient[at]!);
    square = square.map((value, at) => 0.999 * value + 0.001 * gradient[at]! ** 2);
    weights = weights.map(
      (value, at) =>
        value - (network.learningRate * (mean[at]! / (1 - 0.9 ** step))) / (Math.sqrt(square[at]! / (1 - 0.999 ** step)) + 1e-8),
    );
  }
  return weights;
}

function rootPehe(sites: readonly TrialSite[], benefitOf: (site: TrialSite) => ArrayLike<number>): number {
  const errors = sites.flatMap((site) => Array.from(benefitOf(site), (value, i) => (value - site.trueBenefit[i]!) ** 2));
  return Math.sqrt(errors.reduce((sum, value) => sum + value, 0) / errors.length);
}
