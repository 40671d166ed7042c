/** Draws that partitions share, all from one stream of uniform numbers. */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';

export interface Chance {
  uniform(): number;
  below(count: number): number;
  normal(): number;
  /** Shares that add up to 1, shape (weights,), from a Dirichlet distribution with these parameters. */
  dirichlet(parameters: readonly number[]): number[];
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** @param words - The same words give the same draws. */
export function chanceOf(...words: readonly (string | number)[]): Chance {
  const { uniform, below } = randomStream(sha256(utf8Bytes(`consilium partition ${words.join(' ')}`)));
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()); // Box and Muller 1958
  return {
    uniform,
    below,
    normal,
    dirichlet: (parameters) => {
      // In logarithms: with parameters near 0 every plain gamma draw can be 0 and their sum too.
      const logs = parameters.map((shape) => logGamma(shape, uniform, normal));
      const most = Math.max(...logs);
      const draws = logs.map((log) => Math.exp(log - most));
      const total = draws.reduce((sum, value) => sum + value, 0);
      return draws.map((value) => value / total);
    },
    shuffled: (items) => {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [result[last], result[other]] = [result[other]!, result[last]!];
      }
      return result;
    },
  };
}

/** Logarithm of a gamma draw (Marsaglia and Tsang 2000; below shape 1 by a draw of shape + 1 and a power of a uniform). */
function logGamma(shape: number, uniform: () => number, normal: () => number): number {
  if (shape < 1) return logGamma(shape + 1, uniform, normal) + Math.log(1 - uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
