/**
 * FLamby's protocol on TCGA in the open, nothing of the product used: a linear Cox model, plain descent in batches of 8 that go on through
 * the rows from round to round, FedAdam at the server. With the first weights that torch draws, it answers what a published seed would give.
 * Source: du Terrail et al. 2022, "FLamby" (strategies, benchmark and configuration of fed_tcga_brca).
 */
import { type Draw, evenly, mersenneTwister, permutation } from './mersenne-twister.ts';

export interface CoxRow {
  readonly x: readonly number[];
  readonly time: number;
  readonly isEvent: boolean;
}

const ROUNDS = 5;
const STEPS = 100;
const BATCH = 8;
const LEARNING_RATE = 0.01;
const SERVER = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, tau: 1e-8 };

/** What `torch.manual_seed(seed); torch.nn.Linear(width, 1)` has for weights. */
export function torchStart(seed: number, width: number): number[] {
  const draw = mersenneTwister(seed);
  return Array.from({ length: width }, () => evenly(draw, 1 / Math.sqrt(width)));
}

/**
 * @param shuffles - Seed of the order of rows.
 * @returns The weights after five rounds.
 */
export function flambyAdam(sites: readonly (readonly CoxRow[])[], start: readonly number[], shuffles: number): number[] {
  const draw = mersenneTwister(shuffles);
  const batches = sites.map((rows) => endlessBatches(rows, draw));
  const all = sites.reduce((sum, rows) => sum + rows.length, 0);
  const mean = start.map(() => 0);
  const squares = start.map(() => 0);
  let weights = [...start];
  for (let round = 0; round < ROUNDS; round++) {
    const update = start.map(() => 0);
    for (const [at, rows] of sites.entries()) {
      const own = [...weights];
      for (let step = 0; step < STEPS; step++) {
        const gradient = coxGradient(own, batches[at]!());
        for (let j = 0; j < own.length; j++) own[j]! -= LEARNING_RATE * gradient[j]!;
      }
      for (let j = 0; j < own.length; j++) update[j]! += ((own[j]! - weights[j]!) * rows.length) / all;
    }
    weights = weights.map((weight, j) => {
      mean[j] = SERVER.beta1 * mean[j]! + (1 - SERVER.beta1) * update[j]!;
      squares[j] = SERVER.beta2 * squares[j]! + (1 - SERVER.beta2) * update[j]! ** 2;
      return weight + (SERVER.learningRate * mean[j]!) / (Math.sqrt(squares[j]!) + SERVER.tau);
    });
  }
  return weights;
}

function endlessBatches(rows: readonly CoxRow[], draw: Draw): () => CoxRow[] {
  let order: Uint32Array = new Uint32Array();
  let at = 0;
  return () => {
    if (at >= order.length) {
      order = permutation(draw, rows.length);
      at = 0;
    }
    at += BATCH;
    return Array.from(order.subarray(at - BATCH, at), (row) => rows[row]!);
  };
}

/** Of the mean over the batch of −log of the partial likelihood; equal times stand one after another in the order of the batch. */
function coxGradient(weights: readonly number[], batch: readonly CoxRow[]): number[] {
  const rows = batch.map((row) => ({ ...row, score: scoreOf(weights, row) })).sort((a, b) => b.time - a.time);
  const gradient = weights.map(() => 0);
  for (const [at, row] of rows.entries()) {
    if (!row.isEvent) continue;
    const atRisk = rows.slice(0, at + 1);
    const most = Math.max(...atRisk.map(({ score }) => score));
    const total = atRisk.reduce((sum, { score }) => sum + Math.exp(score - most), 0);
    for (const { x, score } of atRisk) {
      const share = Math.exp(score - most) / total / rows.length;
      for (let j = 0; j < gradient.length; j++) gradient[j]! += share * x[j]!;
    }
    for (let j = 0; j < gradient.length; j++) gradient[j]! -= row.x[j]! / rows.length;
  }
  return gradient;
}

export const scoreOf = (weights: readonly number[], { x }: CoxRow): number => x.reduce((sum, value, j) => sum + value * weights[j]!, 0);
