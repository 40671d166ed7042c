/** Rounds with a researcher's algorithm in the place of the plan's: the product's stage of training, encoding and summing around it. */
import { meanUpdate } from '@consilium/shared/aggregation';
import { lengthPrefixed, randomStream, sha256 } from '@consilium/shared/crypto';
import { type ProgrammeState, rootMeanSquare, type Stage, shapeOf, stageOf, updateStage } from '@consilium/shared/federation';
import type { Plan } from '@consilium/shared/study';
import { batchGradient, TrainingError } from '@consilium/shared/training';
import { SimulationError } from '../input/simulation-error.ts';
import type { Algorithm } from './algorithm.ts';

/** The stages of a study whose updates are the algorithm's. */
export const stagesWith = (algorithm: Algorithm): ((state: ProgrammeState) => Stage | null) => {
  const own = ownUpdate(algorithm);
  return (state) => (state.stage.kind === 'update' ? own : stageOf(state));
};

/** @throws SimulationError when the plan is not one that an own algorithm can stand in. */
export function requireRounds({ algorithm }: Plan): void {
  if (algorithm.kind !== 'fedavg' || algorithm.fits !== 1) {
    throw new SimulationError(
      'An own algorithm takes the place of a plan’s fedavg with one fit: set algorithm.kind to fedavg. Its settings reach the algorithm.',
    );
  }
}

function ownUpdate(algorithm: Algorithm): Stage {
  return updateStage({
    train: async (plan, state, rows, tools) => {
      const { network, scaling, stage } = state;
      if (network === null || scaling === null || stage.kind !== 'update' || plan.algorithm.kind === 'newton') {
        throw new TypeError('ownUpdate: expected a state with a network');
      }
      const { train } = rows.prepared(scaling);
      const { localEpochs, batchSize, learningRate } = plan.algorithm;
      const settings = { localEpochs, batchSize, learningRate };
      const { uniform } = randomStream(sha256(lengthPrefixed(['consilium batches 1', tools.planHash, stage.round, rows.site])));
      const config = { ...settings, batchSize: Math.max(1, train.rows) };
      const gradientOf = batchGradient({ shape: shapeOf(plan, state), rows: train, config, uniform });
      const { update, keep = null } = await algorithm.train({
        round: stage.round,
        site: rows.site,
        weights: network.weights.slice(),
        rows: train,
        settings,
        gradient: (weights, batch) => gradientOf(weights, batch).slice(),
        uniform,
        kept: tools.memory.recall(KEPT, stage.round)?.slice() ?? null,
      });
      if (!(update instanceof Float64Array) || update.length !== network.weights.length) {
        throw new SimulationError(`${algorithm.name}: train returned no update of ${network.weights.length} numbers.`);
      }
      if (!update.every(Number.isFinite))
        throw new TrainingError('diverged', `${algorithm.name}: the update has an entry that is not finite.`);
      if (keep !== null) tools.memory.keep(KEPT, stage.round, keep.slice());
      return { body: update, header: [], rows: train.rows };
    },
    step: (_plan, fits, body, _header, weight) => {
      const [fit] = fits;
      if (fit === undefined) throw new TypeError('ownUpdate: expected a fit');
      const mean = meanUpdate(body, weight);
      const rounds = fit.server.moments;
      const round = (rounds.at(-1)?.[0] ?? 0) + 1;
      const state = rounds.slice(0, -1).map((vector) => vector.slice());
      const next = algorithm.step?.({ round, weights: fit.weights.slice(), mean: mean.slice(), state }) ?? {
        weights: fit.weights.map((value, i) => value + mean[i]!),
        state: [],
      };
      if (!(next.weights instanceof Float64Array) || next.weights.length !== fit.weights.length) {
        throw new SimulationError(`${algorithm.name}: step returned no weights of ${fit.weights.length} numbers.`);
      }
      // The number of the round is the last vector of the state, so that the state says everything.
      const moments = [...next.state.map((vector) => vector.slice()), Float64Array.of(round)];
      return {
        fits: [{ weights: next.weights, server: { kind: 'own', moments }, shared: null }],
        size: rootMeanSquare(mean),
      };
    },
  });
}

const KEPT = 'own algorithm';
