/**
 * FLamby's six strategies on heart disease over many seeds, with the product's masked rounds, beside the published accuracy.
 * `pnpm studies flamby [seeds] [data folder]`
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatPlanErrors, type Plan, parsePlan, parsePlanValue } from '@consilium/shared/study';
import { readStudyInput } from '@consilium/simulations';
import { HEART_STRATEGIES, type Strategy } from './flamby-strategies.ts';
import { meanOf, pooledAccuracy, spreadOf } from './pooled-accuracy.ts';

const ROOT = process.cwd();

/** The committed plan with a strategy in the place of its own. */
export function flambyPlan({ algorithm }: Strategy, seed: number): Plan {
  const path = resolve(ROOT, 'simulations/studies/flamby-heart-disease.yaml');
  const written = parsePlan(readFileSync(path, 'utf8'), path);
  if (!written.ok) throw new Error(formatPlanErrors(written.errors));
  const parsed = parsePlanValue({ ...written.plan, seed, algorithm: { ...written.plan.algorithm, ...algorithm } }, path);
  if (!parsed.ok) throw new Error(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

/**
 * FLamby trains on rows that each hospital scaled by itself and scores the pooled test rows scaled by the pooled training rows; that is the
 * published figure. The last column is what a hospital that scales by itself would see.
 */
export async function runFlamby(seeds: number, folder: string): Promise<void> {
  console.log(`strategy    published  mean     seed sd  lowest   highest  own scale  (${seeds} seeds, 254 pooled test rows)`);
  for (const strategy of HEART_STRATEGIES) {
    const runs: number[][] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const plan = flambyPlan(strategy, seed);
      runs.push(await pooledAccuracy(plan, await readStudyInput(plan, folder, null), ['federated', 'site']));
    }
    const [pooled, own] = [0, 1].map((at) => runs.map((run) => run[at] ?? Number.NaN)) as [number[], number[]];
    const columns = [strategy.published, meanOf(pooled), spreadOf(pooled), Math.min(...pooled), Math.max(...pooled), meanOf(own)];
    console.log(`${strategy.name.padEnd(12)}${columns.map((value) => value.toFixed(4).padEnd(9)).join('')}`);
  }
}
