/**
 * Exact fits by Newton's method on sums over sites, whatever the model: it gives a convex loss with its first two derivatives.
 *
 * Rules: penalty ½·ridge·‖w‖² on the summed loss, the first `free` parameters (intercepts) without it; + − × ÷ √ only, because every site repeats each step
 * and must get the same bytes; a step that raises the penalised loss is halved, which costs one more sum.
 * Source: Nocedal and Wright, "Numerical Optimization", 3.3; one secure sum per iteration as in Wu et al. 2012, "GLORE".
 */
import { type BoundMemory, boundDirection, gramLength, remember } from './bound-direction.ts';
import { cholesky, choleskySolve, packedIndex } from './cholesky.ts';
import { fitSumsLength } from './newton-sums.ts';

/** singular: columns depend on each other; separated: a coefficient runs away to infinity; iteration-limit: no optimum in time. */
export type NewtonFailure = 'singular' | 'separated' | 'iteration-limit';

/** Plain JSON. `coefficients` is the point at which the next sums are due, or the last point once `converged` or `failure` is set. */
export interface NewtonState {
  /** Parameters, and how many of the first of them carry no penalty. */
  readonly size: number;
  readonly free: number;
  readonly ridge: number;
  /** Largest absolute entry of the penalised gradient that counts as zero; never below what the encoding can resolve. */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly coefficients: readonly number[];
  /** Sums consumed so far, halved steps included. */
  readonly iteration: number;
  readonly halvings: number;
  readonly converged: boolean;
  readonly failure: NewtonFailure | null;
  /** The last accepted point and the direction taken from it; null before the first sum. */
  readonly previous: {
    readonly coefficients: readonly number[];
    readonly direction: readonly number[];
    readonly penalizedLoss: number;
  } | null;
  /** Share of `previous.direction` that leads to `coefficients`. */
  readonly fraction: number;
  /** Of the last sums: rows, unpenalised log-loss, largest absolute gradient entry, and the packed unpenalised Hessian. */
  readonly rows: number;
  readonly loss: number | null;
  /** The unpenalised loss where the fit began, at coefficients of 0 on every column; null before the first sum. */
  readonly firstLoss: number | null;
  readonly gradientNorm: number | null;
  readonly information: readonly number[] | null;
  /** Least pivot of the penalised Hessian at the first sums. */
  readonly firstPivot: number | null;
  /** Of a fit by a fixed bound of its Hessian, whose sums carry no Hessian; absent for every other. */
  readonly bound?: BoundMemory;
}

/** A column whose share beyond the columns before it is below this depends on them. */
export const SINGULAR_SHARE = 1e-10;
/** Curvature that fell below this share of where it began: probabilities of 0 and 1, so a coefficient is on its way to infinity. */
const SEPARATED_SHARE = 1e-7;
/** A gradient of `tolerance` must fix every coefficient to a tenth at least. */
const LEAST_CURVATURE_IN_TOLERANCES = 10;
const SMALLEST_FRACTION = 2 ** -20;
/** Steps by a bound are smaller than Newton's; so many of them count as one. */
const BOUND_ITERATIONS = 8;

/**
 * A logistic fit before its first sum, at zero coefficients.
 *
 * @param width - Columns of the design matrix, without the intercept; 0 fits an intercept only.
 * @param ridge - Penalty ≥ 0 in units of the summed log-loss.
 * @param tolerance - Largest absolute gradient entry at the optimum, > 0.
 * @param maxIterations - Most sums, halved steps included, ≥ 1.
 * @param sites - Contributors of each sum, for the rounding the encoding adds; 0 where sums are not encoded.
 * @param step - Step of the encoding, in units of the sums.
 * @throws RangeError on a negative ridge, or a tolerance or limit that is not positive.
 */
export function startNewton(
  width: number,
  ridge: number,
  tolerance: number,
  maxIterations: number,
  sites = 0,
  step = 2 ** -40,
): NewtonState {
  return startFit({ start: new Array<number>(width + 1).fill(0), free: 1, ridge, tolerance, maxIterations, sites, step });
}

export interface FitStart {
  /** Parameters at which the first sums are due, the unpenalised ones first. */
  readonly start: readonly number[];
  readonly free: number;
  readonly ridge: number;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly sites?: number;
  readonly step?: number;
  /** Classes of a softmax that is fitted by a bound of its Hessian. */
  readonly boundClasses?: number;
}

/** Any fit before its first sum; the parts are those of `startNewton`, which see. @throws RangeError as there. */
export function startFit({
  start,
  free,
  ridge,
  tolerance,
  maxIterations,
  boundClasses,
  sites = 0,
  step = 2 ** -40,
}: FitStart): NewtonState {
  if (!(ridge >= 0)) throw new RangeError(`startFit: expected a ridge of at least 0, got ${ridge}`);
  if (!(tolerance > 0)) throw new RangeError(`startFit: expected a tolerance above 0, got ${tolerance}`);
  if (!(maxIterations >= 1)) throw new RangeError(`startFit: expected at least one iteration, got ${maxIterations}`);
  return {
    size: start.length,
    free,
    ridge,
    tolerance: Math.max(tolerance, sites * step),
    maxIterations: boundClasses === undefined ? maxIterations : BOUND_ITERATIONS * maxIterations,
    coefficients: [...start],
    iteration: 0,
    halvings: 0,
    converged: false,
    failure: null,
    previous: null,
    fraction: 1,
    rows: 0,
    loss: null,
    firstLoss: null,
    gradientNorm: null,
    information: null,
    firstPivot: null,
    ...(boundClasses === undefined ? {} : { bound: { classes: boundClasses, gram: null, gradient: null, pairs: [] } }),
  };
}

/** Entries of the sums that are due: a bound's matrix comes with the first only. */
export function dueLength({ size, bound }: NewtonState): number {
  if (bound === undefined) return fitSumsLength(size);
  return 2 + size + (bound.gram === null ? gramLength(size, bound.classes) : 0);
}

/**
 * Takes the sums at `state.coefficients` and moves to the next point, or ends the fit.
 *
 * @param state - A fit that is neither converged nor failed; an ended one is returned unchanged.
 * @param sums - Sum over all sites of [n, loss, gradient, packed Hessian] at `state.coefficients`, shape (dueLength(state),).
 * @returns The next state; `converged` or `failure` tells whether another sum is due.
 * @throws RangeError when the length is wrong or an entry is not finite.
 */
export function newtonStep(state: NewtonState, sums: ArrayLike<number>): NewtonState {
  if (state.converged || state.failure !== null) return state;
  const { size, free } = state;
  if (sums.length !== dueLength(state)) {
    throw new RangeError(`newtonStep: expected ${dueLength(state)} sums, got ${sums.length}`);
  }
  const values = Array.from(sums);
  if (!values.every(Number.isFinite)) throw new RangeError('newtonStep: expected finite sums');
  const iteration = state.iteration + 1;
  const loss = values[1]!;
  const penalizedLoss = loss + penalty(state);
  if (state.previous !== null && penalizedLoss > state.previous.penalizedLoss + slack(state, penalizedLoss)) {
    return halve({ ...state, iteration });
  }
  const firstLoss = state.firstLoss ?? loss;
  if (state.bound !== undefined) return boundStep({ ...state, iteration, firstLoss }, state.bound, values, penalizedLoss);

  const information = values.slice(2 + size);
  const gradient = values.slice(2, 2 + size).map((value, j) => (j < free ? value : value + state.ridge * state.coefficients[j]!));
  const gradientNorm = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const factor = cholesky(penalizedHessian(information, state), size);
  const firstPivot = state.firstPivot ?? factor?.smallestPivot ?? 0;
  const at: NewtonState = { ...state, iteration, rows: values[0]!, loss, firstLoss, gradientNorm, information, firstPivot };
  if (factor === null || factor.smallestShare <= SINGULAR_SHARE || factor.smallestPivot <= SEPARATED_SHARE * firstPivot) {
    return { ...at, failure: state.previous === null ? 'singular' : 'separated' };
  }
  if (gradientNorm <= state.tolerance) {
    return factor.smallestPivot > LEAST_CURVATURE_IN_TOLERANCES * state.tolerance
      ? { ...at, converged: true }
      : { ...at, failure: 'separated' };
  }
  if (iteration >= state.maxIterations) return { ...at, failure: 'iteration-limit' };
  const direction = Array.from(choleskySolve(factor, gradient), (value) => -value);
  return {
    ...at,
    previous: { coefficients: state.coefficients, direction, penalizedLoss },
    coefficients: state.coefficients.map((value, j) => value + direction[j]!),
    fraction: 1,
  };
}

/** As `newtonStep` from an accepted point on, without a Hessian. */
function boundStep(state: NewtonState, bound: BoundMemory, values: readonly number[], penalizedLoss: number): NewtonState {
  const { size, free, coefficients, previous } = state;
  const gradient = values.slice(2, 2 + size).map((value, j) => (j < free ? value : value + state.ridge * coefficients[j]!));
  const gradientNorm = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const step = previous === null ? null : coefficients.map((value, j) => value - previous.coefficients[j]!);
  const memory = remember(bound, bound.gram ?? values.slice(2 + size), gradient, step);
  const at: NewtonState = { ...state, rows: values[0]!, loss: values[1]!, gradientNorm, bound: memory };
  const direction = boundDirection(memory, state.ridge);
  if (direction === null) return { ...at, failure: 'singular' };
  // What only the steps needed is not part of a fit that has ended.
  if (gradientNorm <= state.tolerance) return { ...at, converged: true, bound: { ...memory, gradient: null, pairs: [] } };
  if (state.iteration >= state.maxIterations) return { ...at, failure: 'iteration-limit' };
  return {
    ...at,
    previous: { coefficients, direction, penalizedLoss },
    coefficients: coefficients.map((value, j) => value + direction[j]!),
    fraction: 1,
  };
}

/** The Hessian with the ridge on the diagonal of the penalised parameters; packed as it came. */
export function penalizedHessian(
  information: readonly number[],
  { size, free, ridge }: Pick<NewtonState, 'size' | 'free' | 'ridge'>,
): readonly number[] {
  const hessian = [...information];
  for (let j = free; j < size; j++) {
    const at = packedIndex(size, j, j);
    hessian[at] = hessian[at]! + ridge;
  }
  return hessian;
}

function penalty({ coefficients, free, ridge }: NewtonState): number {
  return 0.5 * ridge * coefficients.reduce((sum, value, j) => (j < free ? sum : sum + value * value), 0);
}

/** Rounding, of the encoding and of float64, can make an equal loss look higher. */
function slack(state: NewtonState, penalizedLoss: number): number {
  return state.tolerance + 1e-12 * Math.abs(penalizedLoss);
}

function halve(state: NewtonState): NewtonState {
  const { previous, fraction } = state;
  const half = fraction / 2;
  if (previous === null || half < SMALLEST_FRACTION || state.iteration >= state.maxIterations) {
    return { ...state, coefficients: previous?.coefficients ?? state.coefficients, failure: 'iteration-limit' };
  }
  return {
    ...state,
    halvings: state.halvings + 1,
    fraction: half,
    coefficients: previous.coefficients.map((value, j) => value + half * previous.direction[j]!),
  };
}
