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
export const TARNET: TarnetSettings = { units: 16, headUnits: 8, rounds: 20, steps: 5, learningRate: 0.01, decay: 0.01, seed: 'study' };

/** Mean √PEHE over trials: by sums for every model, and of the network on pooled rows. */
export function tarnetFigures(truth: TrialTruth, seed: string, trials: number): Readonly<Record<string, number>> {
  const settings: EffectSettings = { ...EFFECT_SETTINGS, level: 3, tarnet: TARNET };
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
    const levels = new Map(
      sites.map((site) => [site, siteFit(fitRowsOf(settings, state, site, 'level1')!, state.fits.level1!.coefficients)!.intercept]),
    );
    const weights = trainedInOnePlace(sites, levels);
    add(
      'tarnet in one place',
      rootPehe(sites, (site) => {
        const [zero, one] = ([0, 1] as const).map((arm) => tarnetRisks(TARNET, weights, site.test, levels.get(site)!, arm));
        return zero!.map((value, i) => value - one![i]!);
      }),
    );
  }
  return { ...totals, ratio: totals.tarnet! / totals['tarnet in one place']! };
}

function trainedInOnePlace(sites: readonly TrialSite[], levels: ReadonlyMap<TrialSite, number>): Float64Array {
  const rows = sites.reduce((sum, { train }) => sum + train.rows, 0);
  let weights = tarnetStart(TARNET, sites[0]!.train.width);
  let [mean, square] = [weights.map(() => 0), weights.map(() => 0)];
  for (let step = 1; step <= TARNET.rounds * TARNET.steps; step++) {
    const parts = sites.map((site) => ({
      share: site.train.rows / rows,
      ...tarnetGradient(TARNET, weights, site.train, levels.get(site)!),
    }));
    const gradient = weights.map((_, at) => parts.reduce((sum, part) => sum + part.share * part.gradient[at]!, 0));
    mean = mean.map((value, at) => 0.9 * value + 0.1 * gradient[at]!);
    square = square.map((value, at) => 0.999 * value + 0.001 * gradient[at]! ** 2);
    weights = weights.map(
      (value, at) =>
        value - (TARNET.learningRate * (mean[at]! / (1 - 0.9 ** step))) / (Math.sqrt(square[at]! / (1 - 0.999 ** step)) + 1e-8),
    );
  }
  return weights;
}

function rootPehe(sites: readonly TrialSite[], benefitOf: (site: TrialSite) => ArrayLike<number>): number {
  const errors = sites.flatMap((site) => Array.from(benefitOf(site), (value, i) => (value - site.trueBenefit[i]!) ** 2));
  return Math.sqrt(errors.reduce((sum, value) => sum + value, 0) / errors.length);
}
