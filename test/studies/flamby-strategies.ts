/**
 * FLamby's strategies with the learning rates of its configurations, and the mean figure on the pooled test rows of its result files.
 * Source: du Terrail et al. 2022, "FLamby", https://github.com/owkin/FLamby (results of five seeds).
 */
export interface Strategy {
  readonly name: string;
  readonly algorithm: { readonly kind: string; readonly [key: string]: unknown };
  /** First weights in the place of the plan's. */
  readonly start?: 'zero' | 'uniform';
  /** Published figure on the pooled test rows: accuracy on heart disease, Harrell's C on TCGA. */
  readonly published: number;
}

const adaptive = (learningRate: number) => ({ learningRate, beta1: 0.9, beta2: 0.999, tau: 1e-8 });

export const HEART_STRATEGIES: readonly Strategy[] = [
  { name: 'FedAvg', algorithm: { kind: 'fedavg', learningRate: 0.001 }, published: 0.748 },
  { name: 'FedProx', algorithm: { kind: 'fedprox', learningRate: 0.001, proximal: 0.01 }, published: 0.748 },
  { name: 'Scaffold', algorithm: { kind: 'scaffold', learningRate: 0.001, server: { learningRate: 1 } }, published: 0.748 },
  { name: 'FedAdam', algorithm: { kind: 'fedadam', learningRate: 0.01, server: adaptive(0.01) }, published: 0.779 },
  { name: 'FedYogi', algorithm: { kind: 'fedyogi', learningRate: 0.003162, server: adaptive(0.01) }, published: 0.779 },
  {
    name: 'FedAdagrad',
    algorithm: { kind: 'fedadagrad', learningRate: 0.003162, server: { learningRate: 0.316228, beta1: 0.9, tau: 1e-8 } },
    published: 0.779,
  },
];

export const TCGA_STRATEGIES: readonly Strategy[] = [
  { name: 'FedAvg', algorithm: { kind: 'fedavg', learningRate: 0.1, server: { learningRate: 1 } }, published: 0.735 },
  { name: 'FedAdam', algorithm: { kind: 'fedadam', learningRate: 0.01, server: adaptive(0.1) }, published: 0.842 },
  // FLamby draws its first weights, and much of its figure is their luck (flamby-starts.ts); from 0 there is none.
  {
    name: 'FedAdam, 0',
    algorithm: { kind: 'fedadam', learningRate: 0.01, server: adaptive(0.1) },
    start: 'zero',
    published: 0.842,
  },
];
