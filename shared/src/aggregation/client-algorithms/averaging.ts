/**
 * The site's half of FedAvg, and of every algorithm that differs from it at the server only: train, send the update.
 * Source: McMahan et al. 2017, "Communication-Efficient Learning of Deep Networks from Decentralized Data", Algorithm 1.
 */
import { type ClientAlgorithm, onlyVector } from './client-algorithm.ts';

export const averaging: ClientAlgorithm = {
  kind: 'fedavg',
  vectors: 1,
  headerLength: 0,
  terms: ({ proximal }) => ({ proximal, correction: null }),
  send: ({ trained }) => ({ vectors: [trained.delta], header: [], own: null }),
  combine: (means) => ({ update: onlyVector(means), shared: null }),
};
