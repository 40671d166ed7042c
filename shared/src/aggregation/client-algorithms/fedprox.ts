/**
 * FedProx: as FedAvg, with μ/2 ‖w − w₀‖² added to every site's loss, which holds it near the shared weights. μ = 0 is FedAvg.
 * The plan's `proximal` is μ; every algorithm takes it, this one asks for it.
 * Source: Li et al. 2020, "Federated Optimization in Heterogeneous Networks", Algorithm 2.
 */
import { averaging } from './averaging.ts';
import type { ClientAlgorithm } from './client-algorithm.ts';

export const fedProx: ClientAlgorithm = { ...averaging, kind: 'fedprox' };
