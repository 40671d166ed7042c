/**
 * What FedAdagrad, FedAdam and FedYogi share: a running mean of the updates over the root of a running measure of their squares, without
 * bias correction, the squares starting at τ². They differ only in how the squares run.
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", Algorithm 2.
 */
import { expectLength, type ServerConfig, type ServerOptimizer } from './server-optimizer.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.99;
const TAU = 1e-3;

/** The next measure of squares of one weight, from the one before, the mean update's entry and β₂. */
type NextSquare = (before: number, update: number, beta2: number) => number;

/**
 * Makes an adaptive server optimizer.
 *
 * @param kind - Its name in a plan.
 * @param nextSquare - How its squares run; + − × ÷ and comparisons only.
 */
export function adaptiveOptimizer(kind: string, nextSquare: NextSquare): ServerOptimizer {
  return {
    kind,
    init: (length, { tau = TAU }) => ({ kind, moments: [new Float64Array(length), new Float64Array(length).fill(tau * tau)] }),
    step: (state, weights, meanUpdate, config: ServerConfig) => {
      const { learningRate, beta1 = BETA_1, beta2 = BETA_2, tau = TAU } = config;
      expectLength(`${kind} mean update`, weights.length, meanUpdate);
      const before = expectLength(`${kind} first moment`, weights.length, state.moments[0]);
      const squaresBefore = expectLength(`${kind} second moment`, weights.length, state.moments[1]);
      const mean = before.map((value, i) => beta1 * value + (1 - beta1) * meanUpdate[i]!);
      const squares = squaresBefore.map((value, i) => nextSquare(value, meanUpdate[i]!, beta2));
      return {
        state: { kind, moments: [mean, squares] },
        weights: weights.map((value, i) => value + (learningRate * mean[i]!) / (Math.sqrt(squares[i]!) + tau)),
      };
    },
  };
}
