/**
 * Whether there are enough patients for a prediction model of several classes: criteria for multinomial logistic regression, from counts alone.
 * Source: Pate et al. 2023, "Minimum sample size for developing a multivariable prediction model using multinomial logistic regression"
 * (Statistical Methods in Medical Research 32:555).
 */
import { normalTail } from '../training/index.ts';
import { largestRSquared, OPTIMISM, type SampleSize, SHRINKAGE } from './sample-size.ts';

export interface ClassesQuestion {
  /** Columns of the model; each class but the reference has a coefficient for each. */
  readonly parameters: number;
  /** Patients of each class; only their proportions matter. All above 0. */
  readonly counts: readonly number[];
  /** Share of the largest Cox-Snell R² that the whole model has, and that of each pair of classes told apart by itself; in (0, 1). */
  readonly share: number;
  /** Cox and Snell's R² of pairs (1, 2), (1, 3) … (K − 1, K) where they are known; by the share where absent. */
  readonly pairs?: readonly number[];
}

/** The largest Cox-Snell R² of a model of these classes. */
export function largestRSquaredOfClasses(counts: readonly number[]): number {
  const shares = sharesOf(counts);
  return 1 - Math.exp(2 * shares.reduce((sum, share) => sum + share * Math.log(share), 0));
}

/**
 * Rows that are needed. `shrinkage` is that of the pair of classes that needs most, `overallRisk` that of every class at once (Bonferroni).
 *
 * @throws RangeError where a class has nobody, or a share or an R² is out of range.
 * @example sampleSizeOfClasses({ parameters: 17, counts: [50, 100, 150], share: 0.15 }).rows // 2660
 */
export function sampleSizeOfClasses({ parameters, counts, share, pairs }: ClassesQuestion): SampleSize {
  if (counts.length < 2 || !counts.every((count) => count > 0))
    throw new RangeError('sampleSizeOfClasses: expected patients of every class');
  if (!(share > 0 && share < 1)) throw new RangeError(`sampleSizeOfClasses: expected a share in (0, 1), got ${share}`);
  const shares = sharesOf(counts);
  const couples = shares.flatMap((one, k) => shares.slice(k + 1).map((other) => ({ together: one + other, part: one / (one + other) })));
  const needed = couples.map(({ together, part }, at) => {
    const most = largestRSquared(part);
    const rSquared = pairs?.[at] ?? share * most;
    if (!(rSquared > 0 && rSquared < most))
      throw new RangeError(`sampleSizeOfClasses: expected an R² in (0, ${most.toFixed(3)}), got ${rSquared}`);
    return Math.ceil(parameters / ((SHRINKAGE - 1) * Math.log(1 - rSquared / SHRINKAGE))) / together;
  });
  const shrinkage = Math.ceil(Math.max(...needed));
  const most = largestRSquaredOfClasses(counts);
  const whole = share * most;
  const least = whole / (whole + OPTIMISM * most);
  const optimism = Math.ceil(((counts.length - 1) * parameters) / ((least - 1) * Math.log(1 - whole / least)));
  const z = normalPoint(0.05 / (2 * counts.length));
  const overallRisk = Math.ceil(Math.max(...shares.map((p) => (z / 0.05) ** 2 * p * (1 - p))));
  return { shrinkage, optimism, overallRisk, rows: Math.max(shrinkage, optimism, overallRisk), events: null };
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}

/** Where a standard normal has so much above it. */
function normalPoint(tail: number): number {
  let [low, high] = [0, 40];
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
