/** The fits of a network that is trained by rounds: their start, and one step of each. Pure; + − × ÷ √ only, because every site repeats it. */
import { clientAlgorithm, meanUpdate, serverKindOf, serverOptimizer } from '../aggregation/index.ts';
import { fromHex, lengthPrefixed, randomStream, sha256 } from '../crypto/index.ts';
import { type LossSpec, type NetworkShape, networkOf } from '../models/index.ts';
import { designNames } from '../preparation/index.ts';
import type { TensorClip } from '../secagg/index.ts';
import type { Plan } from '../study/index.ts';
import { networkLoss, networkShape } from './network-shape.ts';
import { oncePerScaling } from './once-per-scaling.ts';
import type { Fit, Network, ProgrammeState } from './programme-state.ts';
import { required } from './required.ts';

/** The settings of training by rounds. @throws TypeError for a plan that is fitted exactly. */
export function roundSettings(plan: Plan) {
  if (plan.algorithm.kind === 'newton') throw new TypeError('roundSettings: expected a plan with update rounds');
  return plan.algorithm;
}

/** The network's shape in a study whose scaling is known. */
export const shapeOf = (plan: Plan, state: ProgrammeState): NetworkShape => shapeWith(plan, required(state.scaling, 'scaling'));

const shapeWith = oncePerScaling((plan, scaling): NetworkShape => networkShape(plan, designNames(plan, scaling), scaling.outcomes));

/** What the network is trained for, in such a study. */
export const lossOfPlan = (plan: Plan, state: ProgrammeState): LossSpec => lossWith(plan, required(state.scaling, 'scaling'));

const lossWith = oncePerScaling((plan, scaling): LossSpec => networkLoss(plan, scaling.outcomes));

/** All fits: the one that is the model, and those beside it that show how much chance there is in it. */
export const allFits = (network: Network): readonly Fit[] => [network, ...network.others];

/** The fits before the first round: weights from SHA-256 of the plan's hash, so every site has the same. */
export function firstFits(plan: Plan, state: ProgrammeState): readonly Fit[] {
  const { init, length } = networkOf(shapeOf(plan, state));
  const { kind, server, fits } = roundSettings(plan);
  const optimizer = serverOptimizer(serverKindOf(kind));
  return Array.from({ length: fits }, (_, fit) => {
    const seed = fit === 0 ? fromHex(state.planHash) : lengthPrefixed(['consilium fit 1', state.planHash, fit]);
    return { weights: init(randomStream(sha256(seed)).uniform), server: optimizer.init(length, server), shared: null };
  });
}

/** Lengths and clips of an update's body: per fit the model's tensors, and once more for a control variate. */
export const tensorClips = (plan: Plan, state: ProgrammeState): readonly TensorClip[] =>
  clipsWith(plan, required(state.scaling, 'scaling'));

const clipsWith = oncePerScaling((plan, scaling): readonly TensorClip[] => {
  const settings = roundSettings(plan);
  const { tensors } = networkOf(shapeWith(plan, scaling));
  const clips = [settings.clip, ...(settings.kind === 'scaffold' ? [settings.controlClip] : [])];
  const one = clips.flatMap((clip) => tensors.map(({ length }) => ({ length, clip })));
  return Array.from({ length: settings.fits }, () => one).flat();
});

/**
 * One step of every fit with the sums of a round.
 *
 * @param body - Σ weight · vectors, fit after fit.
 * @param header - Σ weight · the algorithm's header entries, fit after fit.
 * @param weight - Σ weight, above 0.
 * @returns The new fits, and the root mean square of the first one's update.
 */
export function stepFits(plan: Plan, fits: readonly Fit[], body: Float64Array, header: Float64Array, weight: number) {
  const { kind, server } = roundSettings(plan);
  const client = clientAlgorithm(kind);
  const optimizer = serverOptimizer(serverKindOf(kind));
  const { length } = required(fits[0], 'fit').weights;
  const means = meanUpdate(body, weight);
  let size = 0;
  const next = fits.map((fit, at): Fit => {
    const start = at * client.vectors * length;
    const own = Array.from({ length: client.vectors }, (_, v) => means.slice(start + v * length, start + (v + 1) * length));
    const entries = Array.from({ length: client.headerLength }, (_, h) => (header[at * client.headerLength + h] ?? 0) / weight);
    const { update, shared } = client.combine(own, entries);
    if (at === 0) size = rootMeanSquare(update);
    const stepped = optimizer.step(fit.server, fit.weights, update, server);
    return { weights: stepped.weights, server: stepped.state, shared };
  });
  return { fits: next, size };
}

/** √(Σv² / n); 0 for no entries. */
export function rootMeanSquare(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return values.length === 0 ? 0 : Math.sqrt(total / values.length);
}
