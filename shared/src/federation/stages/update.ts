/** One round of federated averaging: each site trains from the shared weights and sends its weighted, clipped update. */
import { meanUpdate, serverOptimizer } from '../../aggregation/index.ts';
import { fromHex, lengthPrefixed, randomStream, sha256 } from '../../crypto/index.ts';
import { initMlp, type MlpShape, mlpTensors } from '../../models/index.ts';
import { designNames } from '../../preparation/index.ts';
import { decodeStatistics, decodeUpdate, encodeStatistics, encodeUpdate, gridWeight, STATISTICS_STEP } from '../../secagg/index.ts';
import type { Plan } from '../../study/index.ts';
import { localUpdate } from '../../training/index.ts';
import type { ProgrammeState } from '../programme-state.ts';
import { required } from '../required.ts';
import type { Stage } from '../stage.ts';

/** Weight, clipped share times weight, mean square of the clipped update. */
const HEADER = 3;

export const update: Stage = {
  query: (plan, state) => {
    const tensors = tensorsOf(plan, state);
    return {
      kind: 'update',
      label: 'federated',
      options: { round: roundOf(state) },
      layout: { header: HEADER, body: sum(tensors.map((tensor) => tensor.length)), bits: averaging(plan).bits },
      step: STATISTICS_STEP,
      clips: tensors.map((tensor) => tensor.clip),
      cohort: null,
    };
  },

  answer: async (plan, state, rows, tools) => {
    const { localEpochs, batchSize, learningRate, weightCap, bits } = averaging(plan);
    const { train } = rows.prepared(required(state.scaling, 'scaling'));
    const order = randomStream(sha256(lengthPrefixed(['consilium batches 1', tools.planHash, roundOf(state), rows.site])));
    const { delta } = await localUpdate({
      shape: networkShape(plan, state),
      weights: required(state.network, 'network').weights,
      rows: train,
      config: { localEpochs, batchSize, learningRate },
      uniform: order.uniform,
      backend: tools.backend,
      onProgress: tools.onProgress,
    });
    const tensors = tensorsOf(plan, state);
    const weight = gridWeight(train.rows, weightCap);
    const { body, clipped } = encodeUpdate({ delta, weight, tensors, bits, sites: state.sites, seed: tools.freshSeed() });
    const header = Float64Array.of(weight, (weight * clipped) / delta.length, meanSquare(delta, averaging(plan).clip));
    return { header: encodeStatistics(header, STATISTICS_STEP, state.sites), body };
  },

  advance: (plan, state, sumVector) => {
    const settings = averaging(plan);
    const network = required(state.network, 'network');
    const [weights = 0, clippedShare = 0] = decodeStatistics(sumVector.header, STATISTICS_STEP);
    const round = roundOf(state);
    const stage: ProgrammeState['stage'] =
      round < plan.rounds.count
        ? { kind: 'update', round: round + 1 }
        : { kind: 'evaluation', label: required(state.newton, 'newton').converged ? 'exact' : 'federated' };
    // Sites without training rows, or one that sent nonsense: nothing can be learnt from such a sum, and the study goes on.
    if (!(weights > 0)) return { ...state, network: { ...network, lastUpdateSize: 0, lastClippedShare: 0 }, stage };
    const weighted = decodeUpdate(sumVector.body, { tensors: tensorsOf(plan, state), bits: settings.bits, sites: state.sites });
    const mean = meanUpdate(weighted, weights);
    const optimizer = serverOptimizer(settings.kind);
    const next = optimizer.step(network.server, network.weights, mean, settings.server);
    return {
      ...state,
      network: {
        weights: next.weights,
        server: next.state,
        lastUpdateSize: Math.sqrt(meanSquare(mean, Number.MAX_VALUE)),
        lastClippedShare: clippedShare / weights,
      },
      stage,
    };
  },
};

/** The network's start: weights from SHA-256 of the plan's hash, so every site has the same. */
export function beginUpdates(plan: Plan, state: ProgrammeState): ProgrammeState {
  const shape = networkShape(plan, state);
  const hash = state.planHash;
  const weights = initMlp(shape, randomStream(sha256(fromHex(hash))).uniform);
  const server = serverOptimizer(averaging(plan).kind).init(weights.length, averaging(plan).server);
  return { ...state, stage: { kind: 'update', round: 1 }, network: { weights, server, lastUpdateSize: 0, lastClippedShare: 0 } };
}

/** The network's shape: one input a design column. */
export function networkShape(plan: Plan, state: ProgrammeState): MlpShape {
  if (plan.model.kind !== 'mlp') throw new TypeError('networkShape: expected a plan with a network');
  return { inputs: designNames(plan, required(state.scaling, 'scaling')).length, hidden: plan.model.hidden };
}

function averaging(plan: Plan) {
  if (plan.algorithm.kind === 'newton') throw new TypeError('averaging: expected a plan with update rounds');
  return plan.algorithm;
}

const roundOf = (state: ProgrammeState): number => (state.stage.kind === 'update' ? state.stage.round : 0);

const tensorsOf = (plan: Plan, state: ProgrammeState) =>
  mlpTensors(networkShape(plan, state)).map(({ length }) => ({ length, clip: averaging(plan).clip }));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function meanSquare(values: Float64Array, clip: number): number {
  let total = 0;
  for (const value of values) {
    const bounded = Math.max(-clip, Math.min(clip, value));
    total += bounded * bounded;
  }
  return values.length === 0 ? 0 : total / values.length;
}
