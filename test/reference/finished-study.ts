/** Finished studies without their rounds: real files prepared by the product, weights drawn by chance, so that every layer matters. */
import { serverOptimizer } from '@consilium/shared/aggregation';
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import { emptyProgramme, exactFit, MAIN_FIT, type Network, networkShape, type ProgrammeState } from '@consilium/shared/federation';
import { networkOf } from '@consilium/shared/models';
import { designNames, type Prepared, prepare, scalingFrom, siteStatistics, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { formatPlanErrors, type Plan, parsePlan, planHash, tableSpec, trainsByRounds } from '@consilium/shared/study';
import { exactModel, startFit } from '@consilium/shared/training';

export interface FinishedStudy {
  readonly plan: Plan;
  readonly hash: string;
  readonly state: ProgrammeState;
  /** Of the first file. */
  readonly prepared: Prepared;
}

export function finishedStudy(planText: string, files: readonly string[]): FinishedStudy {
  const parsed = parsePlan(planText, 'plan.yaml');
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  const { plan } = parsed;
  const tables = files.map((csv, at) => {
    const table = checkTable(readCsv(utf8Bytes(csv)), tableSpec(plan));
    return { table, sets: splitRows(plan, table, `site-${at}`, null).sets };
  });
  const sums = tables
    .map(({ table, sets }) => siteStatistics(plan, table, sets))
    .reduce((total, part) => total.map((value, i) => value + part[i]!));
  const scaling = scalingFrom(plan, sums);
  const { uniform } = randomStream(sha256(utf8Bytes('weights')));
  const names = designNames(plan, scaling);
  const { spec } = exactFit(plan, scaling, MAIN_FIT);
  const { start, free } = exactModel(spec).shape(names.length);
  // Intercepts of a hazard begin below 0 and keep that.
  const coefficients = start.map((value, at) => (at < free ? value / 2 - 0.4 - 0.1 * at : 2 * uniform() - 1));
  const hash = planHash(plan);
  // The identity, packed: a fit must have an information matrix for its errors to be told.
  const size = coefficients.length;
  const information = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size - row }, (__, column) => Number(column === 0)),
  ).flat();
  // Drawn anew everywhere: a start leaves biases and normalisations at 0 and 1, which would hide what is forgotten.
  const drawn = (): Float64Array =>
    networkOf(networkShape(plan, names, scaling.outcomes))
      .init(uniform)
      .map((value) => value + 0.3 * (2 * uniform() - 1));
  const network = (): Network => {
    const weights = drawn();
    return {
      weights,
      server: serverOptimizer('fedavg').init(weights.length, { learningRate: 1 }),
      shared: null,
      others: [drawn(), drawn()].map((weights) => ({
        weights,
        server: serverOptimizer('fedavg').init(weights.length, { learningRate: 1 }),
        shared: null,
      })),
      lastUpdateSize: 0,
      lastClippedShare: 0,
      beforeExploding: null,
      watched: null,
      keptFrom: null,
      recalibration: null,
      recalibratedOn: null,
      ended: null,
    };
  };
  const state: ProgrammeState = {
    ...emptyProgramme(hash, files.length),
    stage: { kind: 'done' },
    scaling,
    newton: {
      ...startFit({ start, free, ridge: 1, tolerance: 1e-9, maxIterations: 25 }),
      coefficients,
      converged: true,
      information,
      rows: 1000,
      loss: 400,
    },
    network: trainsByRounds(plan) ? network() : null,
  };
  const [first] = tables;
  return {
    plan,
    hash,
    state,
    prepared: prepare(
      plan,
      first!.table,
      first!.sets.map(() => 3),
      scaling,
    ),
  };
}
