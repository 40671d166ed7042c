/** An exact model on rows that lie in one place or at several sites of one process: the pooled yardstick, and tests. */
import type { Rows } from '../../models/index.ts';
import { type NewtonState, newtonStep, startFit } from '../newton.ts';
import type { ExactSpec } from './exact-model.ts';
import { exactModel } from './list.ts';

/**
 * Fits until the gradient is below the tolerance.
 *
 * @param sites - Rows of each site; those of a site share its baseline or its intercept. At least one.
 * @param ridge - Penalty ½·ridge·‖w‖² on the summed loss.
 * @throws RangeError on a negative ridge, or without a site.
 */
export function fitExact(
  spec: ExactSpec,
  sites: readonly Rows[],
  ridge: number,
  { tolerance = 1e-9, maxIterations = 50 }: { readonly tolerance?: number; readonly maxIterations?: number } = {},
): NewtonState {
  const width = sites[0]?.width;
  if (width === undefined) throw new RangeError('fitExact: expected at least one site');
  const model = exactModel(spec);
  let state = startFit({ ...model.shape(width), ridge, tolerance, maxIterations });
  while (!state.converged && state.failure === null) {
    const { coefficients } = state;
    const isFirst = state.iteration === 0;
    const parts = sites.map((rows) => model.sums(rows, coefficients, isFirst));
    state = newtonStep(
      state,
      parts.reduce((total, part) => total.map((value, i) => value + part[i]!)),
    );
  }
  return state;
}
