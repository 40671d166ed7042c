/**
 * Adaptations that train weights further on the site's rows, and how far they go: the number of passes (and for Ditto the strength of the
 * pull) with the least held-out log-loss over five folds of the training rows. No pass at all is a candidate: then the shared model is best.
 */
import { type NetworkShape, networkOutputs, type Rows } from '../../models/index.ts';
import { shuffledOrder } from '../batches.ts';
import type { LocalTask } from '../local-task.ts';
import { trainAtOnce } from '../train-plain.ts';
import { TrainingError } from '../training-error.ts';
import { type PersonalInput, type PersonalModel, unchanged } from './personalisation.ts';

/** Candidate numbers of passes. */
const PASSES = [0, 1, 3, 10, 30] as const;
const FOLDS = 5;
/** Rows that are looked at when tuning; more would not change the choice. */
const MOST_TUNED = 1000;
/** Below so many training rows of either class nothing is tuned and nothing adapted. */
const FEWEST = 10;

export interface Candidate {
  readonly passes: number;
  readonly proximal: number;
}

/**
 * Trains on from the shared weights, as far as the site's own folds say.
 *
 * @param input.frozen - 1 for weights that stay the shared ones.
 * @param pulls - Candidate strengths of the pull towards the shared weights; [0] for none.
 */
export function adaptWeights(input: PersonalInput, frozen: Uint8Array | undefined, pulls: readonly number[]) {
  const { train, stream } = input;
  const events = train.y.reduce((sum, value) => sum + value, 0);
  if (events < FEWEST || train.rows - events < FEWEST) {
    return unchanged(`The shared model as it is: adapting it needs ${FEWEST} training patients with and ${FEWEST} without the outcome.`);
  }
  const folds = dealt(train, stream('folds'));
  const candidates: Candidate[] = [
    { passes: 0, proximal: 0 },
    ...PASSES.slice(1).flatMap((passes) => pulls.map((proximal) => ({ passes, proximal }))),
  ];
  const losses = candidates.map((candidate) => {
    let loss = 0;
    for (const [fold, { kept, held }] of folds.entries()) {
      const weights = trained(input, kept, frozen, candidate, stream(`tune ${fold}`));
      loss += logLoss(networkOutputs(input.shape, weights, held), held.y);
    }
    return loss;
  });
  const best = candidates[losses.indexOf(Math.min(...losses))]!;
  if (best.passes === 0)
    return unchanged('The shared model as it is: training it on made it no better on held-out patients of this hospital.');
  const weights = trained(input, train, frozen, best, stream('final'));
  return { model: modelOf(input.shape, weights), weights, note: null };
}

/** Weights after some passes over rows; the shared ones where training diverged. */
export function trained(
  { shape, loss, weights, config }: Pick<PersonalInput, 'shape' | 'loss' | 'weights' | 'config'>,
  rows: Rows,
  frozen: Uint8Array | undefined,
  { passes, proximal }: Candidate,
  uniform: () => number,
): Float64Array {
  if (passes === 0) return weights;
  const task: LocalTask = {
    shape,
    loss,
    weights,
    rows,
    config: { ...config, localEpochs: passes, localSteps: undefined, proximal },
    uniform,
    frozen,
  };
  try {
    const { delta } = trainAtOnce(task);
    return weights.map((value, i) => value + delta[i]!);
  } catch (error) {
    if (error instanceof TrainingError) return weights;
    throw error;
  }
}

const modelOf =
  (shape: NetworkShape, weights: Float64Array): PersonalModel =>
  (rows) =>
    networkOutputs(shape, weights, rows);

/** Summed log-loss; a score that is no number is the worst there is. */
function logLoss(logits: Float64Array, y: ArrayLike<number>): number {
  let loss = 0;
  for (let i = 0; i < logits.length; i++)
    loss += Math.max(logits[i]!, 0) + Math.log1p(Math.exp(-Math.abs(logits[i]!))) - y[i]! * logits[i]!;
  return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
}

/** Rows dealt over the folds by class, after a shuffle. */
function dealt(rows: Rows, uniform: () => number): readonly { readonly kept: Rows; readonly held: Rows }[] {
  const order = [...shuffledOrder(rows.rows, uniform)].slice(0, MOST_TUNED);
  const counts = [0, 0];
  const foldOf = new Map(order.map((row) => [row, counts[rows.y[row] === 1 ? 1 : 0]!++ % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => ({
    kept: pick(
      rows,
      order.filter((row) => foldOf.get(row) !== fold),
    ),
    held: pick(
      rows,
      order.filter((row) => foldOf.get(row) === fold),
    ),
  }));
}

function pick(rows: Rows, at: readonly number[]): Rows {
  const x = new Float64Array(at.length * rows.width);
  for (const [to, row] of at.entries()) x.set(rows.x.subarray(row * rows.width, (row + 1) * rows.width), to * rows.width);
  return { x, y: Float64Array.from(at, (row) => rows.y[row]!), rows: at.length, width: rows.width };
}
