/** The sites' halves against slow twins from the papers' equations, and the special cases in which they must be FedAvg. */
import {
  averaging,
  CLIENT_ALGORITHMS,
  type ClientAlgorithm,
  clientAlgorithm,
  effectiveSteps,
  fedNova,
  fedProx,
  meanUpdate,
  scaffold,
  serverKindOf,
} from '@consilium/shared/aggregation';
import { LOCAL_OPTIMIZERS, type LocalConfig } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { fedNovaTwin, fedProxTwin, type QuadraticSite, scaffoldTwin } from '../../reference/algorithms-slow-twin.ts';

const RATE = 0.07;
const START = [0.5, -1, 2];
/** Unequal weights, targets, curvatures and numbers of steps; one site is nearly flat in one direction. */
const SITES: readonly QuadraticSite[] = [
  { target: [1, 2, -1], curvature: [1, 3, 0.5], weight: 0.5, steps: 4 },
  { target: [-2, 0.5, 0], curvature: [2, 0.1, 1], weight: 0.25, steps: 8 },
  { target: [4, -1, 3], curvature: [0.2, 1, 4], weight: Math.SQRT1_2, steps: 2 },
];
const base = { localEpochs: 1, batchSize: 1, learningRate: 0.05 };
const evenly = (steps: number) => SITES.map((site) => ({ ...site, steps }));

/** Rounds of an algorithm with the product's parts: terms, local optimizer, send, weighted sums, combine. */
function run(client: ClientAlgorithm, sites: readonly QuadraticSite[], rounds: number, options: Partial<LocalConfig> = {}): Float64Array {
  const config: LocalConfig = { localEpochs: 1, batchSize: 1, learningRate: RATE, ...options };
  let weights = Float64Array.from(START);
  let shared: Float64Array | null = null;
  const kept = sites.map((): Float64Array | null => null);
  for (let round = 0; round < rounds; round++) {
    const total = sites.reduce((sum, { weight }) => sum + weight, 0);
    const sums = Array.from({ length: client.vectors }, () => new Float64Array(START.length));
    const header = new Float64Array(client.headerLength);
    for (const [s, { target, curvature, weight, steps }] of sites.entries()) {
      const own = kept[s]!;
      const { proximal, correction } = client.terms({ proximal: config.proximal ?? 0, shared, own });
      const local = weights.slice();
      const move = LOCAL_OPTIMIZERS[config.optimizer ?? 'sgd'].start(local.length, config);
      for (let k = 0; k < steps; k++) {
        move(
          local,
          local.map((value, i) => curvature[i]! * (value - target[i]!) + proximal * (value - weights[i]!) + (correction?.[i] ?? 0)),
        );
      }
      const trained = { delta: local.map((value, i) => value - weights[i]!), rows: 1, steps };
      const sent = client.send({ trained, config: { ...config, localSteps: options.localSteps ?? steps, proximal }, shared, own });
      kept[s] = sent.own;
      for (const [v, vector] of sent.vectors.entries()) for (const [i, value] of vector.entries()) sums[v]![i]! += weight * value;
      for (const [h, value] of sent.header.entries()) header[h]! += weight * value;
    }
    const combined = client.combine(
      sums.map((vector) => meanUpdate(vector, total)),
      Array.from(header, (value) => value / total),
    );
    weights = weights.map((value, i) => value + combined.update[i]!);
    shared = combined.shared;
  }
  return weights;
}

function expectClose(actual: Float64Array, expected: ArrayLike<number>, digits = 12): void {
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i]!, digits);
}

describe('over five rounds of unequal sites', () => {
  it('FedAvg is its paper’s', () => expectClose(run(averaging, SITES, 5), fedProxTwin(SITES, START, RATE, 0, 5)));
  it('FedProx is its paper’s', () => expectClose(run(fedProx, SITES, 5, { proximal: 0.8 }), fedProxTwin(SITES, START, RATE, 0.8, 5)));
  it('SCAFFOLD is its paper’s', () => expectClose(run(scaffold, SITES, 5), scaffoldTwin(SITES, START, RATE, 5)));
  it('FedNova is its paper’s', () => expectClose(run(fedNova, SITES, 5), fedNovaTwin(SITES, START, RATE, 5)));

  it('they are four different answers', () => {
    const ends = [run(averaging, SITES, 5), run(fedProx, SITES, 5, { proximal: 0.8 }), run(scaffold, SITES, 5), run(fedNova, SITES, 5)];
    for (const [i, a] of ends.entries()) for (const b of ends.slice(i + 1)) expect(Math.abs(a[0]! - b[0]!)).toBeGreaterThan(1e-3);
  });
});

describe('the special cases of FedAvg', () => {
  it('FedProx without its term', () => expect(run(fedProx, SITES, 3)).toEqual(run(averaging, SITES, 3)));
  it('SCAFFOLD in its first round', () => expect(run(scaffold, SITES, 1)).toEqual(run(averaging, SITES, 1)));

  it('SCAFFOLD where all sites are alike', () => {
    const alike = evenly(4).map((site) => ({ ...site, target: SITES[0]!.target, curvature: SITES[0]!.curvature }));
    expectClose(run(scaffold, alike, 4), run(averaging, alike, 4));
  });

  it('FedNova where all sites take equal steps', () => expectClose(run(fedNova, evenly(5), 4), run(averaging, evenly(5), 4)));
});

describe('what they are for', () => {
  /** Where Σ pᵢ hᵢ (w − aᵢ) = 0: the optimum of the weighted loss. */
  const optimum = START.map((_, i) => {
    const parts = SITES.map(({ weight, curvature, target }) => [weight * curvature[i]!, weight * curvature[i]! * target[i]!] as const);
    return parts.reduce((sum, [, value]) => sum + value, 0) / parts.reduce((sum, [value]) => sum + value, 0);
  });
  const distance = (w: ArrayLike<number>): number => Math.hypot(...optimum.map((value, i) => value - w[i]!));

  it('SCAFFOLD ends at the optimum of the weighted loss, FedAvg beside it', () => {
    expect(distance(run(scaffold, evenly(4), 600))).toBeLessThan(1e-6);
    expect(distance(run(averaging, evenly(4), 600))).toBeGreaterThan(0.05);
  });

  it('FedNova is nearer to the optimum than FedAvg where sites take unequal steps', () => {
    expect(distance(run(fedNova, SITES, 600))).toBeLessThan(0.8 * distance(run(averaging, SITES, 600)));
  });
});

describe('effective steps', () => {
  /** The coefficients of the gradients in an update, from unrolling it: what a unit gradient at step k alone moves the weight by. */
  function unrolled(config: LocalConfig, steps: number): number {
    let total = 0;
    for (let at = 0; at < steps; at++) {
      const w = Float64Array.of(0);
      const move = LOCAL_OPTIMIZERS[config.optimizer ?? 'sgd'].start(1, config);
      for (let k = 0; k < steps; k++) move(w, Float64Array.of((k === at ? 1 : 0) + (config.proximal ?? 0) * w[0]!));
      total += -w[0]! / config.learningRate;
    }
    return total;
  }

  it.each([
    ['plain descent', base],
    ['momentum', { ...base, optimizer: 'momentum', momentum: 0.9 }],
    ['a proximal term', { ...base, proximal: 1.5 }],
  ] as const)('are the sum of what each gradient moves under %s', (_, config) => {
    for (const steps of [1, 2, 7]) expect(effectiveSteps(config, steps)).toBeCloseTo(unrolled(config, steps), 10);
  });

  it('are told as a power of √2 where they would tell a number of rows, and as they are where the plan sets them', () => {
    const trained = { delta: Float64Array.of(1), rows: 90, steps: 100 };
    const at = { shared: null, own: null, trained };
    expect(fedNova.send({ ...at, config: { ...base, localSteps: 100 } }).header).toEqual([100]);
    const [told = 0] = fedNova.send({ ...at, config: base }).header;
    expect((2 * Math.log2(told)) % 1).toBeCloseTo(0, 12);
    expect(told / 100).toBeCloseTo(1, 0);
    expect(fedNova.send({ ...at, trained: { ...trained, steps: 0 }, config: base }).header).toEqual([0]);
  });
});

describe('the list', () => {
  it('has a half for each kind, and FedAvg’s for those that differ at the server', () => {
    expect(CLIENT_ALGORITHMS.map(({ kind }) => [clientAlgorithm(kind).kind, serverKindOf(kind)])).toEqual(
      CLIENT_ALGORITHMS.map(({ kind }) => [kind, 'fedavg']),
    );
    expect([clientAlgorithm('fedyogi').kind, serverKindOf('fedyogi')]).toEqual(['fedavg', 'fedyogi']);
  });

  it('refuses means that are not its own', () => {
    expect(() => averaging.combine([new Float64Array(1), new Float64Array(1)], [])).toThrow(RangeError);
    expect(() => scaffold.combine([new Float64Array(1)], [])).toThrow(RangeError);
  });

  it('a site that lost its control variate corrects nothing and counts as fresh', () => {
    const shared = Float64Array.of(3, -1);
    expect(scaffold.terms({ proximal: 0, shared, own: null }).correction).toEqual(new Float64Array(2));
    const config = { ...base, learningRate: 0.5 };
    const trained = { delta: Float64Array.of(-2, 1), rows: 1, steps: 4 };
    expect(scaffold.send({ trained, config, shared, own: null }).own).toEqual(Float64Array.of(1, -0.5));
  });
});
