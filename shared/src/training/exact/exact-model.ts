/**
 * What an exact model is to the fit: a convex loss that adds up over sites, with its first two derivatives.
 * Adding one costs a file, its test and one line in list.ts.
 */
import type { Rows } from '../../models/index.ts';
import { packedIndex } from '../cholesky.ts';
import { fitSumsLength } from '../newton-sums.ts';

/** Which model, with everything that all sites must hold alike. Plain JSON; part of the state that sites agree on. */
export type ExactSpec =
  | { readonly kind: 'logistic' }
  /** Class 0 is the reference. */
  | { readonly kind: 'softmax'; readonly classes: number }
  /** The same model, fitted by a bound of its Hessian, for so many coefficients that a Hessian is too large for a sum. */
  | { readonly kind: 'softmax-bound'; readonly classes: number }
  /** The outcome is fitted as (y − mean) / sd. */
  | { readonly kind: 'linear'; readonly mean: number; readonly sd: number }
  /** Above `most` expected events a row's loss goes on as a straight line, so that no step of a fit can overflow. */
  | { readonly kind: 'poisson'; readonly mean: number; readonly most: number }
  /** `cuts` as in `OutcomeScaling`; the site's own intercept is profiled out under a penalty of ½b². */
  | { readonly kind: 'hazard'; readonly cuts: readonly number[] }
  /** A baseline of its own for each site. */
  | { readonly kind: 'cox' };

export type ExactKind = ExactSpec['kind'];
export type SpecOf<Kind extends ExactKind> = Extract<ExactSpec, { readonly kind: Kind }>;

/** Where a fit begins. `boundClasses` where it goes by a bound of its Hessian. */
export interface FitShape {
  readonly start: readonly number[];
  readonly free: number;
  readonly boundClasses?: number;
}

export interface ExactModel<Kind extends ExactKind> {
  readonly kind: Kind;
  /** Parameters of a matrix with `width` columns: the unpenalised first. `start` is where the fit begins. */
  shape(spec: SpecOf<Kind>, width: number): FitShape;
  /** Names of the parameters. @param columns - Names of the design columns. */
  names(spec: SpecOf<Kind>, columns: readonly string[]): readonly string[];
  /**
   * A site's part: [n, loss, gradient, packed Hessian], zeros without rows. Every outcome in `rows` is known.
   *
   * @param isFirst - Whether they are the first of a fit: a bound's matrix comes with those only, in the Hessian's place.
   */
  sums(spec: SpecOf<Kind>, rows: Rows, parameters: readonly number[], isFirst: boolean): Float64Array;
  /** A bound on what one row adds to an entry, for standardised columns: the step of the encoding follows from it. */
  bound(spec: SpecOf<Kind>): number;
}

/** The vector that sums are written into, with its parts. */
export function emptySums(size: number) {
  const sums = new Float64Array(fitSumsLength(size));
  return { sums, gradient: sums.subarray(2, 2 + size), hessian: sums.subarray(2 + size) };
}

/** Adds `weight`·row·rowᵀ to a packed upper triangle. */
export function addOuter(hessian: Float64Array, row: ArrayLike<number>, size: number, weight: number): void {
  for (let j = 0; j < size; j++) {
    const scaled = weight * row[j]!;
    if (scaled === 0) continue;
    const start = packedIndex(size, j, j) - j;
    for (let k = j; k < size; k++) hessian[start + k] = hessian[start + k]! + scaled * row[k]!;
  }
}
