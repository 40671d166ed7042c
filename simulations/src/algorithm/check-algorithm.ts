/** The contract every own algorithm must keep, as checks anyone can run: on a small made-up problem, each with a plain sentence. */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import { type MlpShape, networkOf } from '@consilium/shared/models';
import { batchGradient } from '@consilium/shared/training';
import type { Algorithm, StepInput, StepOutput, TrainInput, TrainOutput } from './algorithm.ts';

export interface ContractCheck {
  readonly what: string;
  readonly ok: boolean;
  /** Why not; empty when it is. */
  readonly reason: string;
}

const SHAPE: MlpShape = { inputs: 3, hidden: [4] };
const ROWS = 60;
const ROUNDS = 30;
const SITES = 3;

/** @returns One line a clause, in a fixed order; the contract is kept when all are ok. */
export async function checkAlgorithm(algorithm: Algorithm): Promise<readonly ContractCheck[]> {
  const checks: ContractCheck[] = [];
  const check = async (what: string, holds: () => Promise<string | null>): Promise<void> => {
    const reason = await holds().catch((error: unknown) => `it threw: ${error instanceof Error ? error.message : String(error)}`);
    checks.push({ what, ok: reason === null, reason: reason ?? '' });
  };
  const start = networkOf(SHAPE).init(stream('start').uniform);
  const train = async (site: number, round: number, weights: Float64Array, kept: Float64Array | null = null, rows = ROWS) =>
    algorithm.train(trainInput(site, round, weights, kept, rows));

  await check('train returns a finite update of the model’s length', async () => {
    const { update } = await train(0, 1, start);
    if (!(update instanceof Float64Array)) return 'update is not a Float64Array';
    if (update.length !== start.length) return `expected ${start.length} numbers, got ${update.length}`;
    return update.every(Number.isFinite) ? null : 'an entry is not finite';
  });
  await check('train gives the same bits for the same input', async () => {
    const [one, two] = [await train(0, 1, start), await train(0, 1, start)];
    return sameBits([one.update, one.keep], [two.update, two.keep])
      ? null
      : 'two calls differ; use uniform() for chance, and no state outside';
  });
  await check('train changes nothing it is given', async () => {
    const input = trainInput(0, 1, start.slice(), null, ROWS);
    const before = [input.weights.slice(), input.rows.x.slice(), input.rows.y.slice()];
    await algorithm.train(input);
    return sameBits(before, [input.weights, input.rows.x, input.rows.y]) ? null : 'weights or rows were changed in place';
  });
  await check('a site without rows sends a zero update', async () => {
    const { update } = await train(0, 1, start, null, 0);
    return update.every((value) => value === 0) ? null : 'an entry is not 0';
  });
  await check('step gives the same bits for the same input, and from a copy of its state', async () => {
    const first = stepOf(algorithm, { round: 1, weights: start.slice(), mean: start.map((_, i) => 0.01 * (i - 5)), state: [] });
    const second = (state: readonly Float64Array[]) =>
      stepOf(algorithm, { round: 2, weights: first.weights.slice(), mean: start.map((_, i) => 0.02 * (7 - i)), state });
    const [one, two] = [second(first.state), second(structuredClone(first.state))];
    return sameBits([one.weights, ...one.state], [two.weights, ...two.state]) ? null : 'the state does not hold everything';
  });
  await check('step changes nothing it is given', async () => {
    const input = { round: 1, weights: start.slice(), mean: start.map((_, i) => 0.01 * (i - 5)), state: [] };
    const before = [input.weights.slice(), input.mean.slice()];
    stepOf(algorithm, input);
    return sameBits(before, [input.weights, input.mean]) ? null : 'weights or mean were changed in place';
  });
  await check(`the loss falls in ${ROUNDS} rounds on three sites of an easy problem`, async () => {
    const [before, after] = [lossAt(start), lossAt(await federated(algorithm, train, start))];
    return after < 0.9 * before ? null : `from ${before.toFixed(4)} to ${after.toFixed(4)}`;
  });
  return checks;
}

async function federated(
  algorithm: Algorithm,
  train: (site: number, round: number, weights: Float64Array, kept: Float64Array | null) => Promise<TrainOutput>,
  start: Float64Array,
): Promise<Float64Array> {
  let [weights, state]: [Float64Array, readonly Float64Array[]] = [start.slice(), []];
  const kept: (Float64Array | null)[] = Array.from({ length: SITES }, () => null);
  for (let round = 1; round <= ROUNDS; round++) {
    const mean = new Float64Array(weights.length);
    for (let site = 0; site < SITES; site++) {
      const { update, keep = null } = await train(site, round, weights.slice(), kept[site] ?? null);
      kept[site] = keep;
      for (let i = 0; i < mean.length; i++) mean[i]! += update[i]! / SITES;
    }
    ({ weights, state } = stepOf(algorithm, { round, weights, mean, state }));
  }
  return weights;
}

function stepOf(algorithm: Algorithm, input: StepInput): StepOutput {
  return algorithm.step?.(input) ?? { weights: input.weights.map((value, i) => value + input.mean[i]!), state: [] };
}

const stream = (name: string) => randomStream(sha256(utf8Bytes(`own algorithm check ${name}`)));

/** Events where the first two columns add up to more than a little chance. */
function rowsOf(site: number, count: number): TrainInput['rows'] {
  const { uniform } = stream(`rows ${site}`);
  const x = Float64Array.from({ length: 3 * count }, () => 2 * uniform() - 1);
  const y = Float64Array.from({ length: count }, (_, i) => (x[3 * i]! + x[3 * i + 1]! + 0.4 * (uniform() - 0.5) > 0 ? 1 : 0));
  return { x, y, rows: count, width: 3 };
}

function trainInput(site: number, round: number, weights: Float64Array, kept: Float64Array | null, count: number): TrainInput {
  const rows = rowsOf(site, count);
  const { uniform } = stream(`chance ${site} ${round}`);
  const settings = { localEpochs: 1, batchSize: 16, learningRate: 0.3 };
  const gradientOf = batchGradient({ shape: SHAPE, rows, config: { ...settings, batchSize: Math.max(1, count) }, uniform });
  const gradient = (at: Float64Array, batch: Uint32Array) => gradientOf(at, batch).slice();
  return { round, site: `site-${site}`, weights, rows, settings, gradient, uniform, kept };
}

/** Mean cross-entropy over the rows of all sites. */
function lossAt(weights: Float64Array): number {
  const network = networkOf(SHAPE);
  let total = 0;
  for (let site = 0; site < SITES; site++) {
    const rows = rowsOf(site, ROWS);
    const all = Uint32Array.from({ length: ROWS }, (_, i) => i);
    const logits = network.pass(ROWS).forward(weights, rows.x, all, () => 0.5);
    for (let i = 0; i < ROWS; i++) total += Math.log1p(Math.exp(rows.y[i] === 1 ? -logits[i]! : logits[i]!));
  }
  return total / (SITES * ROWS);
}

function sameBits(one: readonly (Float64Array | null | undefined)[], two: readonly (Float64Array | null | undefined)[]): boolean {
  return one.length === two.length && one.every((vector, i) => sameVector(vector ?? null, two[i] ?? null));
}

const sameVector = (one: Float64Array | null, two: Float64Array | null): boolean =>
  one === null || two === null ? one === two : one.length === two.length && one.every((value, i) => Object.is(value, two[i]));
