/**
 * FedAvg: the weights move by the mean update, times the server learning rate (1 is plain averaging).
 * Source: McMahan et al. 2017, "Communication-Efficient Learning of Deep Networks from Decentralized Data", Algorithm 1.
 */
import { expectLength, type ServerOptimizer } from './server-optimizer.ts';

/** @example fedAvg.step({ kind: 'fedavg', moments: [] }, Float64Array.of(1), Float64Array.of(0.5), { learningRate: 1 }).weights // Float64Array [1.5] */
export const fedAvg: ServerOptimizer = {
  kind: 'fedavg',
  init: () => ({ kind: 'fedavg', moments: [] }),
  step: (state, weights, meanUpdate, config) => {
    expectLength('fedAvg mean update', weights.length, meanUpdate);
    return { state, weights: weights.map((value, i) => value + config.learningRate * meanUpdate[i]!) };
  },
};
