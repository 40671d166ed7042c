/**
 * FLamby's strategies on heart disease and on TCGA breast cancer over many seeds, beside the published figures.
 * `pnpm studies flamby [seeds] [folder of both data sets]`
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPlanErrors, type Plan, parsePlan, parsePlanValue } from '@consilium/shared/study';
import { readStudyInput } from '@consilium/simulations';
import { HEART_STRATEGIES, type Strategy, TCGA_STRATEGIES } from './flamby-strategies.ts';
import { pooledAccuracy } from './pooled-accuracy.ts';
import { pooledConcordance } from './pooled-concordance.ts';
import { meanOf, medianOf, spreadOf } from './summaries.ts';
import { train } from './trained.ts';

export type FlambyStudy = 'heart-disease' | 'tcga-brca';

/** A committed plan with a strategy in the place of its own; the number of steps, rows a step and rounds stay. */
export function flambyPlan(study: FlambyStudy, { algorithm, start }: Strategy, seed: number): Plan {
  const path = join(process.cwd(), `simulations/studies/flamby-${study}.yaml`);
  const written = parsePlan(readFileSync(path, 'utf8'), path);
  if (!written.ok) throw new Error(formatPlanErrors(written.errors));
  const { server: _, ...kept } = { server: null, ...written.plan.algorithm };
  const model = start === undefined ? written.plan.model : { kind: 'linear', start };
  const parsed = parsePlanValue({ ...written.plan, seed, model, algorithm: { ...kept, ...algorithm } }, path);
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

/**
 * A strategy on heart disease. FLamby trains on rows that each hospital scaled by itself and scores the pooled test rows scaled by the pooled
 * training rows; that is the published figure, and `accuracy` here. `ownScale` is what a hospital that scales by itself would see.
 *
 * @param folder - Of the data set.
 */
export async function heartRun(strategy: Strategy, seed: number, folder: string): Promise<{ accuracy: number; ownScale: number }> {
  const plan = flambyPlan('heart-disease', strategy, seed);
  const trained = await train(plan, await readStudyInput(plan, folder, null));
  return { accuracy: pooledAccuracy(plan, trained, 'federated'), ownScale: pooledAccuracy(plan, trained, 'site') };
}

/** A strategy on TCGA: C on the pooled test rows, and whether training ended before its last round because weights ran away. */
export async function tcgaRun(strategy: Strategy, seed: number, folder: string): Promise<{ c: number; isDiverged: boolean }> {
  const plan = flambyPlan('tcga-brca', strategy, seed);
  const trained = await train(plan, await readStudyInput(plan, folder, null));
  return { c: pooledConcordance(plan, trained), isDiverged: trained.network.ended !== null };
}

/** @param folder - With both data sets. @param only - One of them; both where null. */
export async function runFlamby(seeds: number, folder: string, only: FlambyStudy | null = null): Promise<void> {
  if (only !== 'tcga-brca') await printHeart(seeds, join(folder, 'heart-disease'));
  if (only !== 'heart-disease') await printTcga(seeds, join(folder, 'tcga-brca'));
}

async function printHeart(seeds: number, folder: string): Promise<void> {
  console.log(`strategy    published  mean     seed sd  lowest   highest  own scale  (${seeds} seeds, 254 pooled test rows)`);
  for (const strategy of HEART_STRATEGIES) {
    const runs = await ofSeeds(seeds, (seed) => heartRun(strategy, seed, folder));
    const pooled = runs.map(({ accuracy }) => accuracy);
    const own = meanOf(runs.map(({ ownScale }) => ownScale));
    print(strategy, [meanOf(pooled), spreadOf(pooled), Math.min(...pooled), Math.max(...pooled), own]);
  }
}

/** One seed that diverges makes a mean say nothing, so the median stands beside it. */
async function printTcga(seeds: number, folder: string): Promise<void> {
  console.log(
    `strategy    published  mean     seed sd  median   lowest   highest  diverging seeds  (${seeds} seeds, C on pooled test rows)`,
  );
  for (const strategy of TCGA_STRATEGIES) {
    const runs = await ofSeeds(seeds, (seed) => tcgaRun(strategy, seed, folder));
    const c = runs.map((run) => run.c);
    const diverging = runs.flatMap(({ isDiverged }, at) => (isDiverged ? [at + 1] : []));
    print(strategy, [meanOf(c), spreadOf(c), medianOf(c), Math.min(...c), Math.max(...c)], diverging.join(' ') || 'none');
  }
}

/** One after another, with seeds from 1. */
async function ofSeeds<Run>(seeds: number, run: (seed: number) => Promise<Run>): Promise<Run[]> {
  const runs: Run[] = [];
  for (let seed = 1; seed <= seeds; seed++) runs.push(await run(seed));
  return runs;
}

function print({ name, published }: Strategy, figures: readonly number[], note = ''): void {
  console.log(`${name.padEnd(12)}${[published, ...figures].map((value) => value.toFixed(4).padEnd(9)).join('')}${note}`);
}
