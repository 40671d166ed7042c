/**
 * Simulations of ten to ten thousand sites, in turns with Flower's simulation of the same network, rows and steps and with a bare
 * typed-array loop. By the clock and by processor time, which other programs on the machine disturb less. Every run is a process of its own.
 */
import { availableParallelism } from 'node:os';
import { type Flower, type FlowerRun, prepareFlower } from './flower/run-flower.ts';
import { type Figure, type Measurement, speedFigure } from './measurement.ts';
import { type FederationRun, type Run, runFederation, runLoop } from './scale/child.ts';
import { median } from './side-by-side.ts';

const TURNS = 3;
const UNIT = 'site-rounds/s';
/** Sites, our rounds, Flower's rounds, turns. */
const SIZES = [
  [10, 400, 8, TURNS],
  [100, 60, 4, TURNS],
  [1000, 12, 3, 1],
  [10_000, 4, 2, 1],
] as const;

export const simulationScale: Measurement = {
  name: 'simulation-scale',
  title: 'Simulations of 10 to 10,000 sites, a network of 3,009 weights, 32 rows a site, one step a round',
  run: async ({ sites: only, turns: most }) => {
    const flower = await prepareFlower();
    const workers = Math.min(2, availableParallelism());
    const figures: Figure[] = [];
    for (const [sites, rounds, flowerRounds, turns] of SIZES) {
      if (only !== null && !only.includes(sites)) continue;
      figures.push(...(await oneSize({ sites, rounds, flowerRounds, turns: most ?? turns, workers, flower })));
    }
    return figures;
  },
};

async function oneSize(input: {
  readonly sites: number;
  readonly rounds: number;
  readonly flowerRounds: number;
  readonly turns: number;
  readonly workers: number;
  readonly flower: Flower;
}): Promise<Figure[]> {
  const { sites, rounds, flowerRounds, turns, workers, flower } = input;
  const [many, one, loop, peer]: [FederationRun[], FederationRun[], Run[], FlowerRun[]] = [[], [], [], []];
  for (let turn = 0; turn < turns; turn++) {
    many.push(await runFederation(sites, rounds, workers));
    if (flower.kind === 'ready') peer.push(await flower.run(sites, flowerRounds));
    one.push(await runFederation(sites, rounds, 1));
    loop.push(await runLoop(sites, rounds));
  }
  const speed = (runs: readonly Pick<Run, 'siteRoundsPerSecond'>[]) => median(runs.map((run) => run.siteRoundsPerSecond));
  const onProcessor = (runs: readonly { readonly processorSecondsPerRound: number | null }[]) =>
    sites / median(runs.map((run) => run.processorSecondsPerRound ?? Number.NaN));
  const peak = (runs: readonly Pick<Run, 'peakMegabytes'>[]) => `${Math.round(Math.max(...runs.map((run) => run.peakMegabytes)))} MB`;
  const what = (runs: readonly Run[], threads: number) =>
    `${sites.toLocaleString('en')} sites, ${threads} ${threads === 1 ? 'worker' : 'workers'}, peak ${peak(runs)}`;
  const limit = { kind: 'limit', name: 'typed-array loop, training alone' } as const;
  const limits = both(
    { what: what(one, 1), against: limit, ...(sites === 100 ? { least: 0.5 } : {}) },
    [speed(one), speed(loop)],
    [onProcessor(one), onProcessor(loop)],
  );
  if (flower.kind === 'missing') return [missing(what(many, workers), speed(many), flower.reason), ...limits];
  const against = { kind: 'peer', name: `Flower ${peer[0]?.version ?? ''}, peak ${peak(peer)}` } as const;
  const peers = both(
    { what: what(many, workers), against, ...(sites <= 1000 ? { least: 50 } : {}) },
    [speed(many), speed(peer)],
    [onProcessor(many), onProcessor(peer)],
  );
  return [...peers, ...limits];
}

type Pair = readonly [product: number, yardstick: number];

/** A comparison by the clock, which the aim is about, and by processor time where the system tells it. */
function both(
  figure: Pick<Parameters<typeof speedFigure>[0], 'what' | 'against' | 'least'>,
  [product, yardstick]: Pair,
  [onProcessor, yardstickOnProcessor]: Pair,
): Figure[] {
  const { what, against } = figure;
  const byClock = speedFigure({ ...figure, product, yardstick, unit: UNIT });
  if (!Number.isFinite(yardstickOnProcessor)) return [byClock];
  const unit = 'site-rounds a processor second';
  return [byClock, speedFigure({ what, against, product: onProcessor, yardstick: yardstickOnProcessor, unit })];
}

const missing = (what: string, perSecond: number, reason: string): Figure => ({
  what,
  product: `${Math.round(perSecond)} ${UNIT}`,
  against: { kind: 'none' },
  yardstick: '',
  ratio: reason,
  aim: { text: '≥ 50 × Flower', isMet: null },
});
