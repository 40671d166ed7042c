/**
 * Score test of a block of coefficients at a fit that leaves them out.
 *
 * Rules: U = s_γ − I_γθ I_θθ⁻¹ s_θ, so a penalised fit, whose own score is not 0, is tested rightly; variance I_γγ − I_γθ I_θθ⁻¹ I_θγ
 * from the information, or from the summed squares of the scores where rows are weighted. + − × ÷ √ only.
 * Source: Rao 1948; Boos 1992 for the robust form.
 */
import { cholesky, choleskyInverse, choleskySolve } from '../training/index.ts';
import { chiSquareQuantile, chiSquareTail } from './chi-square-tail.ts';
import { packedIndex, subMatrix } from './packed.ts';

export interface ScoreTest {
  readonly statistic: number;
  readonly degrees: number;
  readonly pValue: number;
  /** Trace of the block's variance: what a unit of squared coefficient adds to the statistic's mean. */
  readonly trace: number;
}

export interface ScoreSums {
  /** Unpenalised gradient of the loss over the whole design, shape (size,). */
  readonly gradient: ArrayLike<number>;
  /** Packed, shape (size·(size + 1) / 2,). */
  readonly information: ArrayLike<number>;
  /** Packed summed squares of the scores; null for a likelihood fit. */
  readonly meat: ArrayLike<number> | null;
  readonly size: number;
}

/**
 * @param fitted - Columns that the fit had.
 * @param tested - Columns it had not.
 * @returns Null where the block cannot be told from what was fitted.
 */
export function scoreTest(
  { gradient, information, meat, size }: ScoreSums,
  fitted: readonly number[],
  tested: readonly number[],
): ScoreTest | null {
  const factor = cholesky(subMatrix(information, size, fitted), fitted.length);
  if (factor === null) return null;
  const entry = (matrix: ArrayLike<number>, a: number, b: number): number => matrix[packedIndex(size, a, b)]!;
  const projections = tested.map((t) =>
    choleskySolve(
      factor,
      fitted.map((f) => entry(information, f, t)),
    ),
  );
  const score = tested.map((t, i) => fitted.reduce((sum, f, j) => sum - projections[i]![j]! * gradient[f]!, gradient[t]!));
  const middle = meat ?? information;
  const variance = tested.flatMap((a, i) =>
    tested.slice(i).map((b, offset) => {
      const k = i + offset;
      let sum = entry(middle, a, b);
      fitted.forEach((f, j) => {
        sum -= projections[i]![j]! * entry(middle, f, b) + projections[k]![j]! * entry(middle, f, a);
        fitted.forEach((g, l) => {
          sum += projections[i]![j]! * entry(middle, f, g) * projections[k]![l]!;
        });
      });
      return sum;
    }),
  );
  const block = cholesky(variance, tested.length);
  if (block === null || block.smallestPivot <= 1e-10 * entry(middle, tested[0]!, tested[0]!)) return null;
  const inverse = choleskyInverse(block);
  let statistic = 0;
  let trace = 0;
  tested.forEach((_, i) => {
    trace += variance[packedIndex(tested.length, i, i)]!;
    tested.forEach((__, k) => {
      statistic += score[i]! * inverse[i * tested.length + k]! * score[k]!;
    });
  });
  return { statistic, degrees: tested.length, pValue: chiSquareTail(statistic, tested.length), trace };
}

/**
 * The penalty that shrinks the block towards level 1: empirical Bayes from the statistic alone. With coefficients of variance τ² the
 * statistic rises by τ²·trace in the mean, so τ² is what it has above the value that chance exceeds with probability alpha.
 * At that value the block is 0 and level 2 is level 1; beyond it, it leaves level 1 without a jump.
 *
 * @returns Null where the test does not reject: level 1 stands.
 */
export function shrinkage({ statistic, degrees, trace }: ScoreTest, alpha: number): number | null {
  const critical = chiSquareQuantile(alpha, degrees);
  return statistic > critical && trace > 0 ? trace / (statistic - critical) : null;
}
