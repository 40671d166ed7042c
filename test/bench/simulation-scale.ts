/**
 * Simulations of ten to ten thousand sites, in turns with Flower's simulation of the same network, rows and steps and with a bare
 * typed-array loop; memory over a thousand rounds; two workers against one. Every run is a process of its own.
 */
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Flower, type FlowerRun, prepareFlower } from './flower/run-flower.ts';
import { type Figure, type Measurement, milliseconds, speedFigure } from './measurement.ts';
import { median } from './side-by-side.ts';

interface Run {
  readonly siteRoundsPerSecond: number;
  readonly secondsPerRound: number;
  readonly peakMegabytes: number;
  readonly slopeKb: number;
  readonly slopeError: number;
}

const TURNS = 3;
const UNIT = 'site-rounds/s';
/** Sites, our rounds, Flower's rounds, turns. */
const SIZES = [
  [10, 400, 8, TURNS],
  [100, 60, 4, TURNS],
  [1000, 12, 3, 1],
  [10_000, 4, 2, 1],
] as const;
const PARAMETERS = 101_770;

export const simulationScale: Measurement = {
  name: 'simulation-scale',
  title: 'Simulations of 10 to 10,000 sites, a network of 3,009 weights, 32 rows a site, one step a round',
  run: async () => {
    const flower = await prepareFlower();
    const workers = Math.min(2, availableParallelism());
    const figures: Figure[] = [];
    for (const [sites, rounds, flowerRounds, turns] of SIZES) {
      figures.push(...(await oneSize({ sites, rounds, flowerRounds, turns, workers, flower })));
    }
    figures.push(...(await unchanged(workers, flower)), await memory(), ...(workers > 1 ? [await twoWorkers()] : []));
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
  const [many, one, loop, peer]: [Run[], Run[], Run[], FlowerRun[]] = [[], [], [], []];
  for (let turn = 0; turn < turns; turn++) {
    many.push(await child('federation-run.js', sites, rounds, workers));
    if (flower.kind === 'ready') peer.push(await flower.run(sites, flowerRounds));
    one.push(await child('federation-run.js', sites, rounds, 1));
    loop.push(await child('loop-run.js', sites, rounds));
  }
  const speed = (runs: readonly { readonly siteRoundsPerSecond: number }[]) => median(runs.map((run) => run.siteRoundsPerSecond));
  const peak = (runs: readonly { readonly peakMegabytes: number }[]) =>
    `${Math.round(Math.max(...runs.map((run) => run.peakMegabytes)))} MB`;
  const what = (runs: readonly Run[], threads: number) =>
    `${sites.toLocaleString('en')} sites, ${threads} ${threads === 1 ? 'worker' : 'workers'}, peak ${peak(runs)}`;
  const limit = speedFigure({
    what: what(one, 1),
    product: speed(one),
    against: { kind: 'limit', name: 'typed-array loop, training alone' },
    yardstick: speed(loop),
    unit: UNIT,
    ...(sites === 100 ? { least: 0.5 } : {}),
  });
  if (flower.kind === 'missing') return [missing(what(many, workers), speed(many), flower.reason), limit];
  const against = { kind: 'peer', name: `Flower ${peer[0]?.version ?? ''}, peak ${peak(peer)}` } as const;
  const least = sites <= 1000 ? { least: 50 } : {};
  return [speedFigure({ what: what(many, workers), product: speed(many), against, yardstick: speed(peer), unit: UNIT, ...least }), limit];
}

const missing = (what: string, perSecond: number, reason: string): Figure => ({
  what,
  product: `${Math.round(perSecond)} ${UNIT}`,
  against: { kind: 'none' },
  yardstick: '',
  ratio: reason,
  aim: { text: '≥ 50 × Flower', isMet: null },
});

/** What a round costs that changes nothing: ten sites return a large model as it came. */
async function unchanged(workers: number, flower: Flower): Promise<Figure[]> {
  const own: Run[] = [];
  const peer: FlowerRun[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    own.push(await child('federation-run.js', 10, 60, workers, 'unchanged'));
    if (flower.kind === 'ready') peer.push(await flower.run(10, 8, PARAMETERS));
  }
  const ms = (runs: readonly { readonly secondsPerRound: number }[]) => 1000 * median(runs.map((run) => run.secondsPerRound));
  const what = `a round of 10 sites × ${PARAMETERS.toLocaleString('en')} weights returned unchanged`;
  const has = peer.length > 0;
  return [
    {
      what,
      product: milliseconds(ms(own)),
      against: has ? { kind: 'peer', name: `Flower ${peer[0]?.version ?? ''}` } : { kind: 'none' },
      yardstick: has ? milliseconds(ms(peer)) : '',
      ratio: has ? `${(ms(own) / ms(peer)).toFixed(3)} × its time` : '',
      aim: null,
    },
  ];
}

async function memory(): Promise<Figure> {
  const { slopeKb, slopeError, peakMegabytes } = await child('federation-run.js', 10, 1200, 1);
  return {
    what: '1,000 rounds of 10 sites, after 200',
    product: `${slopeKb.toFixed(2)} ± ${slopeError.toFixed(2)} KB a round`,
    against: { kind: 'none' },
    yardstick: '',
    ratio: `peak ${Math.round(peakMegabytes)} MB`,
    aim: { text: 'at most 1 KB a round', isMet: slopeKb <= 1 },
  };
}

async function twoWorkers(): Promise<Figure> {
  const pairs: { readonly one: Run; readonly two: Run }[] = [];
  for (let turn = 0; turn < 2 * TURNS - 1; turn++) {
    pairs.push({ one: await child('federation-run.js', 200, 30, 1), two: await child('federation-run.js', 200, 30, 2) });
  }
  const ratio = median(pairs.map(({ one, two }) => two.siteRoundsPerSecond / one.siteRoundsPerSecond));
  return {
    what: '200 sites, two workers, pair by pair',
    product: `${Math.round(median(pairs.map(({ two }) => two.siteRoundsPerSecond)))} ${UNIT}`,
    against: { kind: 'limit', name: 'one worker' },
    yardstick: `${Math.round(median(pairs.map(({ one }) => one.siteRoundsPerSecond)))} ${UNIT}`,
    ratio: `${ratio.toFixed(2)} × its speed`,
    aim: { text: '≥ 1.6 ×', isMet: ratio >= 1.6 },
  };
}

async function child(script: string, ...words: readonly (string | number)[]): Promise<Run> {
  const path = resolve(import.meta.dirname, 'scale', script);
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...words.map(String)]);
  return JSON.parse(stdout) as Run;
}
