/**
 * The covariance of an ended fit's coefficients, site intercepts accounted for: the information it came with is the profiled one.
 *
 * Rules: H⁻¹ without penalty or weights; H⁻¹ M H⁻¹ with M the information (penalised: the spread of the estimate) or the summed
 * squares of the scores (weights). Source: Gray 1992; Huber 1967.
 */
import { cholesky, choleskyInverse } from '../training/index.ts';
import { type FitState, penalizedInformation } from './fit-state.ts';
import { product, unpacked } from './packed.ts';

/**
 * @param meat - Packed, from `meatSums` summed over sites; null for a likelihood fit.
 * @returns Row-major, shape (size, size), or null when the fit did not converge.
 */
export function covarianceOf(fit: FitState, meat: ArrayLike<number> | null = null): Float64Array | null {
  const size = fit.penalties.length;
  if (!fit.converged || fit.information === null) return null;
  const factor = cholesky(penalizedInformation(fit.information, fit.penalties), size);
  if (factor === null) return null;
  const inverse = choleskyInverse(factor);
  const isPlain = meat === null && fit.penalties.every((value) => value === 0);
  return isPlain ? inverse : product(product(inverse, unpacked(meat ?? fit.information, size), size), inverse, size);
}
