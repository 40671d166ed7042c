/**
 * Every algorithm through a whole study: encoded sums, every site deriving the model for itself. Oracle: the same rounds in the open, from
 * the sites' own rows, without encoding, in this file.
 */
import { clientAlgorithm, meanUpdate, serverKindOf, serverOptimizer } from '@consilium/shared/aggregation';
import { fromHex, lengthPrefixed, randomStream, sha256 } from '@consilium/shared/crypto';
import { networkShape, type ProgrammeState } from '@consilium/shared/federation';
import { networkOf, networkOutputs } from '@consilium/shared/models';
import { prepare, type Scaling, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { checkTable } from '@consilium/shared/schema';
import { gridWeight } from '@consilium/shared/secagg';
import { type Plan, planHash, tableSpec } from '@consilium/shared/study';
import { localUpdate } from '@consilium/shared/training';
import { federate } from '@consilium/simulations';
import { describe, expect, it } from 'vitest';
import { networkPlan, planOf, smallHospitals } from '../../reference/small-hospitals.ts';
import { federateWithoutMasks } from '../../reference/without-masks.ts';

const SITES = smallHospitals(40);

const planWith = (algorithm: object, model: object = { kind: 'mlp', hidden: [3] }): Plan =>
  planOf(JSON.stringify({ ...networkPlan(2), evaluation: { bins: 10 }, algorithm, model }));

/** The rounds in the open: sums in float64 over the sites in order. */
async function inTheOpen(plan: Plan, scaling: Scaling): Promise<Float64Array> {
  if (plan.algorithm.kind === 'newton') throw new Error('expected rounds');
  const settings = plan.algorithm;
  const hash = planHash(plan);
  const parts = SITES.map(({ id, csv }) => {
    const table = checkTable(readCsv(csv), tableSpec(plan));
    return { id, prepared: prepare(plan, table, splitRows(plan, table, id, null).sets, scaling) };
  });
  const shape = networkShape(plan, parts[0]!.prepared.names);
  const client = clientAlgorithm(settings.kind);
  const optimizer = serverOptimizer(serverKindOf(settings.kind));
  let weights = networkOf(shape).init(randomStream(sha256(fromHex(hash))).uniform);
  let server = optimizer.init(weights.length, settings.server);
  let shared: Float64Array | null = null;
  const kept = new Map<string, Float64Array | null>();
  for (let round = 1; round <= plan.rounds.count; round++) {
    const sums = Array.from({ length: client.vectors }, () => new Float64Array(weights.length));
    let [total, header] = [0, 0];
    for (const { id, prepared } of parts) {
      const own = kept.get(id) ?? null;
      const { proximal, correction } = client.terms({ proximal: settings.proximal, shared, own });
      const config = { ...settings, proximal };
      const { uniform } = randomStream(sha256(lengthPrefixed(['consilium batches 1', hash, round, id])));
      const trained = await localUpdate({ shape, weights, rows: prepared.train, config, uniform, correction, backend: 'plain' });
      const sent = client.send({ trained, config, shared, own });
      kept.set(id, sent.own);
      const weight = gridWeight(prepared.train.rows, settings.weightCap);
      total += weight;
      header += weight * (sent.header[0] ?? 0);
      for (const [v, vector] of sent.vectors.entries()) for (const [i, value] of vector.entries()) sums[v]![i]! += weight * value;
    }
    const combined = client.combine(
      sums.map((vector) => meanUpdate(vector, total)),
      [header / total],
    );
    ({ weights, state: server } = optimizer.step(server, weights, combined.update, settings.server));
    shared = combined.shared;
  }
  return weights;
}

const DATA = { sites: SITES, splitCsv: null };

const masked = async (plan: Plan): Promise<ProgrammeState> => (await federate({ plan, ...DATA, backend: 'plain' })).programme;

const unmasked = async (plan: Plan): Promise<ProgrammeState> =>
  (await federateWithoutMasks(plan, DATA, { withSiteResults: false })).programme;

const LOCAL = { batchSize: 16, learningRate: 0.1, bits: 32, clip: 4 };
const MASKED = 'scaffold, by steps and with masks';
const CASES: readonly (readonly [string, object, object?])[] = [
  ['fedprox with a linear model', { kind: 'fedprox', ...LOCAL, proximal: 0.5 }, { kind: 'linear' }],
  [MASKED, { kind: 'scaffold', ...LOCAL, localSteps: 5 }],
  ['fednova with momentum', { kind: 'fednova', ...LOCAL, optimizer: 'momentum' }],
  ['fedyogi with Adam at the sites', { kind: 'fedyogi', ...LOCAL, learningRate: 0.01, optimizer: 'adam' }, { kind: 'additive', units: 2 }],
];

describe('the encoded rounds', () => {
  // One of them with masks; that these change no bit is said of a whole study in fast-federation.test.ts.
  it.each(CASES.map(([name, algorithm, model = { kind: 'mlp', hidden: [3] }]) => [name, algorithm, model] as const))(
    'of %s end where the rounds in the open end, to the step of the encoding',
    async (name, algorithm, model) => {
      const plan = planWith(algorithm, model);
      const programme = await (name === MASKED ? masked(plan) : unmasked(plan));
      const expected = await inTheOpen(plan, programme.scaling!);
      const { weights } = programme.network!;
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.05);
      // 32 bits less 2 for four sites: a step of clip / 2^29 a round and site, times Adam's slope at the server where small squares meet it.
      for (const [i, value] of weights.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5);
      expect(programme.network!.ended).toBeNull();
    },
  );
});

describe('five fits', () => {
  it('begin and end apart, in the same rounds', async () => {
    const five = await unmasked(planWith({ kind: 'scaffold', ...LOCAL, fits: 5 }));
    const weights = [five.network!, ...five.network!.others].map((fit) => fit.weights);
    expect(weights).toHaveLength(5);
    expect(new Set(weights.map((vector) => vector[0])).size).toBe(5);
  });

  it('tell a hospital how far apart they lie for its test patients', async () => {
    const plan = planWith({ kind: 'fedavg', ...LOCAL, fits: 5 });
    const { programme, results } = await federateWithoutMasks(plan, DATA);
    const { id, csv } = SITES[1]!;
    const table = checkTable(readCsv(csv), tableSpec(plan));
    const { test, names } = prepare(plan, table, splitRows(plan, table, id, null).sets, programme.scaling!);
    const fits = [programme.network!, ...programme.network!.others].map(({ weights }) =>
      networkOutputs(networkShape(plan, names), weights, test).map((logit) => 1 / (1 + Math.exp(-logit))),
    );
    const ranges = Array.from({ length: test.rows }, (_, row) => {
      const risks = fits.map((risk) => risk[row]!);
      return Math.max(...risks) - Math.min(...risks);
    });
    const { half, nineInTen, largest, fits: count } = results.get(id)!.instability!;
    expect(count).toBe(5);
    expect(largest).toBeCloseTo(Math.max(...ranges), 10);
    expect(half).toBeGreaterThan(0);
    for (const [range, share] of [
      [half, 0.5],
      [nineInTen, 0.9],
    ] as const) {
      expect(ranges.filter((value) => value <= range + 1e-12).length / test.rows).toBeGreaterThanOrEqual(share);
      expect(ranges.filter((value) => value < range - 1e-12).length / test.rows).toBeLessThan(share);
    }
  });

  it('are not spoken of where there is one', async () => {
    const { results } = await federateWithoutMasks(planWith({ kind: 'fedavg', ...LOCAL }), DATA);
    expect(results.get(SITES[0]!.id)!.instability).toBeNull();
  });
});

describe('training that cannot go on', () => {
  it('ends with a reason and the last good model where it diverges at the sites', async () => {
    const plan = planWith({ kind: 'fedavg', ...LOCAL, learningRate: 10, weightDecay: 10, localSteps: 2000 });
    const programme = await unmasked(plan);
    expect(programme.network!.ended).toEqual({ reason: 'diverged', round: 1 });
    expect(programme.network!.weights.every(Number.isFinite)).toBe(true);
    expect(programme.stage.kind).toBe('done');
  });

  it('ends with the model before it where the updates run beyond the clip', async () => {
    const algorithm = { kind: 'fedavg', ...LOCAL, learningRate: 1, localEpochs: 4, clip: 0.001 };
    const plan = planOf(JSON.stringify({ ...planWith(algorithm), rounds: { count: 6 } }));
    const { network } = await unmasked(plan);
    expect(network!.ended).toEqual({ reason: 'exploded', round: 2 });
    const start = networkOf(networkShape(plan, ['age', 'pressure', 'smoker'])).init(randomStream(sha256(fromHex(planHash(plan)))).uniform);
    expect(network!.weights).toEqual(start);
  });

  it('ends where the updates are as small as the plan asks', async () => {
    const algorithm = { kind: 'fedavg', ...LOCAL, learningRate: 1e-6 };
    const plan = planOf(JSON.stringify({ ...planWith(algorithm), rounds: { count: 6, stop: { updateSize: 0.01 } } }));
    expect((await unmasked(plan)).network!.ended).toEqual({ reason: 'converged', round: 1 });
  });
});
