/**
 * Newton's method on summed sums, each coefficient with a penalty of its own: ½·Σ penalty_j·θ_j² on the summed loss.
 *
 * Rules: + − × ÷ √ only, because every site repeats each step; a step that raises the penalised loss is halved, at the cost of one
 * more sum. As training/newton.ts, without a shared intercept. Source: Nocedal and Wright, "Numerical Optimization", 3.3.
 */
import { cholesky, choleskySolve } from '../training/index.ts';
import { fitSumsLength } from './fit-sums.ts';
import { packedIndex } from './packed.ts';

/** no-rows: no site's rows inform the fit. The others as for the exact fit of a study. */
export type FitFailure = 'no-rows' | 'singular' | 'separated' | 'iteration-limit';

/** Plain JSON. `coefficients` is where the next sums are due, or the last point once `converged` or `failure` is set. */
export interface FitState {
  readonly penalties: readonly number[];
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly coefficients: readonly number[];
  readonly iteration: number;
  readonly converged: boolean;
  readonly failure: FitFailure | null;
  readonly previous: { readonly coefficients: readonly number[]; readonly direction: readonly number[]; readonly loss: number } | null;
  readonly fraction: number;
  /** Of the last sums: sites and rows in the fit, unpenalised loss, and the packed unpenalised Hessian. */
  readonly contributors: number;
  readonly rows: number;
  readonly loss: number | null;
  readonly information: readonly number[] | null;
  readonly firstPivot: number | null;
}

const SINGULAR_SHARE = 1e-10;
const SEPARATED_SHARE = 1e-7;
const SMALLEST_FRACTION = 2 ** -20;

/**
 * @param penalties - One a coefficient, each at least 0.
 * @param tolerance - Largest absolute entry of the penalised gradient that counts as zero, above 0.
 * @param start - Where to begin; zeros by default.
 */
export function startFit(penalties: readonly number[], tolerance: number, maxIterations: number, start?: readonly number[]): FitState {
  if (!penalties.every((value) => value >= 0)) throw new RangeError('startFit: expected penalties of at least 0');
  if (!(tolerance > 0)) throw new RangeError(`startFit: expected a tolerance above 0, got ${tolerance}`);
  return {
    penalties,
    tolerance,
    maxIterations,
    coefficients: start ?? penalties.map(() => 0),
    iteration: 0,
    converged: false,
    failure: null,
    previous: null,
    fraction: 1,
    contributors: 0,
    rows: 0,
    loss: null,
    information: null,
    firstPivot: null,
  };
}

export const hasEnded = (state: FitState): boolean => state.converged || state.failure !== null;

/**
 * Takes the sums at `state.coefficients` and moves on, or ends the fit; an ended fit is returned unchanged.
 *
 * @param sums - Sum over sites of `fitSums`, shape (fitSumsLength(size),).
 * @throws RangeError on another length or an entry that is not finite.
 */
export function fitStep(state: FitState, sums: ArrayLike<number>): FitState {
  if (hasEnded(state)) return state;
  const size = state.penalties.length;
  const values = Array.from(sums);
  if (values.length !== fitSumsLength(size)) throw new RangeError(`fitStep: expected ${fitSumsLength(size)} sums, got ${values.length}`);
  if (!values.every(Number.isFinite)) throw new RangeError('fitStep: expected finite sums');
  const iteration = state.iteration + 1;
  const [contributors = 0, rows = 0, loss = 0] = values;
  const counted = { ...state, iteration, contributors: Math.round(contributors), rows: Math.round(rows) };
  if (counted.contributors === 0) return { ...counted, failure: 'no-rows' };
  const penalized = state.coefficients.reduce((sum, value, j) => sum + 0.5 * state.penalties[j]! * value * value, loss);
  if (state.previous !== null && penalized > state.previous.loss + state.tolerance + 1e-12 * Math.abs(penalized)) return halve(counted);

  const information = values.slice(3 + size);
  const gradient = values.slice(3, 3 + size).map((value, j) => value + state.penalties[j]! * state.coefficients[j]!);
  const norm = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const factor = cholesky(penalizedInformation(information, state.penalties), size);
  const firstPivot = state.firstPivot ?? factor?.smallestPivot ?? 0;
  const at: FitState = { ...counted, loss, information, firstPivot };
  if (factor === null || factor.smallestShare <= SINGULAR_SHARE || factor.smallestPivot <= SEPARATED_SHARE * firstPivot) {
    return { ...at, failure: state.previous === null ? 'singular' : 'separated' };
  }
  if (norm <= state.tolerance) return { ...at, converged: true };
  if (iteration >= state.maxIterations) return { ...at, failure: 'iteration-limit' };
  const direction = Array.from(choleskySolve(factor, gradient), (value) => -value);
  return {
    ...at,
    previous: { coefficients: state.coefficients, direction, loss: penalized },
    coefficients: state.coefficients.map((value, j) => value + direction[j]!),
    fraction: 1,
  };
}

/** The Hessian with the penalties on its diagonal; packed as it came. */
export function penalizedInformation(information: readonly number[], penalties: readonly number[]): number[] {
  const size = penalties.length;
  const hessian = [...information];
  penalties.forEach((value, j) => {
    const at = packedIndex(size, j, j);
    hessian[at] = hessian[at]! + value;
  });
  return hessian;
}

function halve(state: FitState): FitState {
  const { previous } = state;
  const fraction = state.fraction / 2;
  if (previous === null || fraction < SMALLEST_FRACTION || state.iteration >= state.maxIterations) {
    return { ...state, coefficients: previous?.coefficients ?? state.coefficients, failure: 'iteration-limit' };
  }
  return { ...state, fraction, coefficients: previous.coefficients.map((value, j) => value + fraction * previous.direction[j]!) };
}
