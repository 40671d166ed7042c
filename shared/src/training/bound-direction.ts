/**
 * Steps of a softmax fit that never sees a Hessian: Böhning's bound ½(I − 11ᵀ/K) ⊗ XᵀX is above it everywhere, and one sum carries XᵀX. The bound alone leads
 * to the optimum, slowly; the last gradients, which are there anyway, make it fast (limited-memory BFGS that starts from the bound's inverse).
 *
 * Rule: + − × ÷ √ only, because every site repeats each step.
 * Source: Böhning 1992, "Multinomial logistic regression algorithm"; Nocedal and Wright, "Numerical Optimization", 7.2.
 */
import { type CholeskyFactor, cholesky, choleskySolve, packedIndex } from './cholesky.ts';

/** Pairs of steps and changes of the gradient that are kept. */
const MEMORY = 10;

/** What such a fit knows beside its point. Plain JSON. */
export interface BoundMemory {
  readonly classes: number;
  /** XᵀX with the intercept's column first, packed; null before the first sum. */
  readonly gram: readonly number[] | null;
  /** At the last accepted point; null before the first sum. */
  readonly gradient: readonly number[] | null;
  readonly pairs: readonly { readonly step: readonly number[]; readonly change: readonly number[] }[];
}

/** Entries of XᵀX for so many parameters in all. */
export function gramLength(size: number, classes: number): number {
  const columns = size / (classes - 1);
  return (columns * (columns + 1)) / 2;
}

/** The memory after a point was accepted. @param step - From the last accepted point; null at the first. */
export function remember(
  memory: BoundMemory,
  gram: readonly number[],
  gradient: readonly number[],
  step: readonly number[] | null,
): BoundMemory {
  const { pairs, gradient: before } = memory;
  if (step === null || before === null) return { ...memory, gram, gradient };
  const change = gradient.map((value, j) => value - before[j]!);
  const kept = dot(step, change) > 0 ? [...pairs, { step, change }].slice(-MEMORY) : pairs;
  return { ...memory, gram, gradient, pairs: kept };
}

/** The next direction, downhill; null where a column depends on others. */
export function boundDirection({ classes, gram, gradient, pairs }: BoundMemory, ridge: number): number[] | null {
  if (gram === null || gradient === null) return null;
  const inverse = boundInverse(classes, gram, gradient.length, ridge);
  if (inverse === null) return null;
  let q = [...gradient];
  const shares: number[] = [];
  for (let at = pairs.length - 1; at >= 0; at--) {
    const { step, change } = pairs[at]!;
    const share = dot(step, q) / dot(step, change);
    shares[at] = share;
    q = q.map((value, j) => value - share * change[j]!);
  }
  let r = inverse(q);
  for (const [at, { step, change }] of pairs.entries()) {
    const share = shares[at]! - dot(change, r) / dot(step, change);
    r = r.map((value, j) => value + share * step[j]!);
  }
  return r.map((value) => -value);
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, j) => sum + value * b[j]!, 0);

/** Least share of a column that those before it do not hold. */
const SINGULAR_SHARE = 1e-10;

/**
 * The inverse of the bound with the ridge on the slopes, as a map. The bound's classes have two eigenvalues: 1/(2K) along all of them together, ½ across.
 * Parameters lie as the softmax has them: intercepts, then slopes class by class.
 */
function boundInverse(classes: number, gram: readonly number[], size: number, ridge: number): ((v: readonly number[]) => number[]) | null {
  const others = classes - 1;
  const columns = size / others;
  const factor = (eigenvalue: number): CholeskyFactor | null => {
    const matrix = gram.map((value) => eigenvalue * value);
    for (let j = 1; j < columns; j++) {
      const at = packedIndex(columns, j, j);
      matrix[at] = matrix[at]! + ridge;
    }
    return cholesky(matrix, columns);
  };
  const together = factor(1 / (2 * classes));
  const across = factor(1 / 2);
  if (together === null || across === null || Math.min(together.smallestShare, across.smallestShare) <= SINGULAR_SHARE) return null;
  const place = (k: number, j: number): number => (j === 0 ? k : others + k * (columns - 1) + (j - 1));
  return (v) => {
    const mean = Array.from({ length: columns }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < others; k++) sum += v[place(k, j)]!;
      return sum / others;
    });
    const common = choleskySolve(together, mean);
    const result = new Array<number>(size);
    for (let k = 0; k < others; k++) {
      const own = choleskySolve(
        across,
        mean.map((value, j) => v[place(k, j)]! - value),
      );
      for (let j = 0; j < columns; j++) result[place(k, j)] = common[j]! + own[j]!;
    }
    return result;
  };
}
