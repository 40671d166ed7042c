/** Every site's half the product knows. To add one: its file, its test, one line here. */
import { averaging } from './averaging.ts';
import type { ClientAlgorithm } from './client-algorithm.ts';
import { fedNova } from './fednova.ts';
import { fedProx } from './fedprox.ts';
import { scaffold } from './scaffold.ts';

export const CLIENT_ALGORITHMS: readonly ClientAlgorithm[] = [averaging, fedProx, scaffold, fedNova];

/** The site's half of an algorithm; those that differ at the server only have FedAvg's. */
export const clientAlgorithm = (kind: string): ClientAlgorithm =>
  CLIENT_ALGORITHMS.find((algorithm) => algorithm.kind === kind) ?? averaging;

/** The kind of server optimizer of an algorithm; those that differ at the site only have FedAvg's. */
export const serverKindOf = (kind: string): string => (CLIENT_ALGORITHMS.some((algorithm) => algorithm.kind === kind) ? 'fedavg' : kind);
