/**
 * The researcher's yardstick: the plan's model on the rows of all sites in one place. A second way to the same numbers: rows are
 * pooled first, and no sum of a round is used.
 */
import { lengthPrefixed, randomStream, sha256 } from '@consilium/shared/crypto';
import type { Predictions } from '@consilium/shared/evaluation';
import { checkRows, exactPredictions, networkLoss, networkPredictions, networkShape, weighsClasses } from '@consilium/shared/federation';
import { type NetworkShape, networkOf, networkOutputs, rescaleOutputs } from '@consilium/shared/models';
import { type Part, type Prepared, poolParts, prepare, type Scaling, scalingFrom, siteStatistics } from '@consilium/shared/preparation';
import { type Plan, primaryOutcome } from '@consilium/shared/study';
import {
  type BackendName,
  localUpdate,
  type NewtonState,
  newtonStep,
  outputCalibrationOf,
  outputCalibrationSums,
  startOutputCalibration,
} from '@consilium/shared/training';
import { type SiteInput, siteFile } from '../input/site-input.ts';
import { fitPooled } from './pooled-fits.ts';

export interface Central {
  readonly names: readonly string[];
  readonly scaling: Scaling;
  /** The primary outcome's exact fit on pooled rows. */
  readonly main: NewtonState;
  /** Every exact fit by its label, on pooled rows; those of a site keep its baseline or intercept. */
  readonly fits: ReadonlyMap<string, NewtonState>;
  readonly sites: ReadonlyMap<string, Prepared>;
  /** The plan's model. @param train - The same site's training rows; null for a site that has none. */
  predict(part: Part, train: Part | null): Predictions;
}

export async function fitCentral(
  plan: Plan,
  sites: readonly SiteInput[],
  splitCsv: Uint8Array | null,
  backend: BackendName,
  ridgeOf?: (label: string) => number,
): Promise<Central> {
  const tables = await Promise.all(
    sites.map(async (site) => {
      const { id } = site;
      const { table, split } = await checkRows(plan, id, siteFile(site, splitCsv));
      return { id, table, sets: split.sets };
    }),
  );
  const sums = tables
    .map(({ table, sets }) => siteStatistics(plan, table, sets))
    .reduce((total, part) => total.map((value, i) => value + (part[i] ?? 0)));
  const scaling = scalingFrom(plan, sums);
  const prepared = new Map(tables.map(({ id, table, sets }) => [id, prepare(plan, table, sets, scaling)]));
  const fits = fitPooled(plan, scaling, prepared, ridgeOf);
  const names = [...prepared.values()][0]?.names ?? [];
  const exact = { names, scaling, main: fits.main, fits: fits.all, sites: prepared };
  if (plan.algorithm.kind === 'newton') {
    return { ...exact, predict: (part, own) => exactPredictions(fits.spec, fits.main, part, own) };
  }
  const train = poolParts([...prepared.values()].map((site) => site.train));

  const shape = networkShape(plan, names, scaling.outcomes);
  const loss = networkLoss(plan, scaling.outcomes);
  const { uniform } = randomStream(sha256(lengthPrefixed(['central', plan.study, plan.seed])));
  const weights = networkOf(shape).init(uniform);
  const { localEpochs, localSteps, ...settings } = plan.algorithm;
  const { count } = plan.rounds;
  // As many passes, or steps, as a site makes in all rounds; nothing holds the weights to a shared start.
  const steps = localSteps === undefined ? undefined : localSteps * count;
  const config = { ...settings, localEpochs: localEpochs * count, localSteps: steps, proximal: 0 };
  const { delta } = await localUpdate({ shape, loss, weights, rows: train, config, uniform, backend });
  const raw = weights.map((value, i) => value + (delta[i] ?? 0));
  const trained = weighsClasses(plan) ? recalibrated(plan, shape, raw, train) : raw;
  return { ...exact, predict: (part) => networkPredictions(loss, networkOutputs(shape, trained, part)) };
}

/** As the study does after training with class weights, on the pooled training rows. */
function recalibrated(plan: Plan, shape: NetworkShape, weights: Float64Array, train: Part): Float64Array {
  const outcome = primaryOutcome(plan);
  const classes = outcome.task === 'multiclass' ? outcome.codes.length : 2;
  const outputs = networkOutputs(shape, weights, train);
  let fit = startOutputCalibration(classes);
  while (!fit.converged && fit.failure === null) {
    fit = newtonStep(fit, outputCalibrationSums(classes, outputs, train.y, fit.coefficients));
  }
  if (!fit.converged) return weights;
  const { slope, offsets } = outputCalibrationOf(fit, networkOf(shape).outputs);
  return rescaleOutputs(shape, weights, slope, offsets);
}
