/** The exact fits of a plan on the rows of all sites in one place. Only a baseline or an intercept of a site's own keeps sites apart. */
import { exactFits, MAIN_FIT, rowsOf } from '@consilium/shared/federation';
import { type Prepared, poolParts, type Scaling } from '@consilium/shared/preparation';
import type { Plan } from '@consilium/shared/study';
import { type ExactSpec, fitExact, type NewtonState } from '@consilium/shared/training';

/** @param ridgeOf - The penalty of a fit where the plan lets the federation choose it. */
export function fitPooled(
  plan: Plan,
  scaling: Scaling,
  sites: ReadonlyMap<string, Prepared>,
  ridgeOf: (label: string) => number = () => 1,
) {
  const { ridge, tolerance, maxIterations } = plan.algorithm.kind === 'newton' ? plan.algorithm : plan.exact;
  const parts = [...sites.values()].map(({ train }) => train);
  const fits = exactFits(plan, scaling).map(({ label, outcome, spec }) => {
    const own = parts.map((part) => rowsOf(part, outcome));
    const rows = spec.kind === 'cox' || spec.kind === 'hazard' ? own : [poolParts(own)];
    return {
      label,
      spec,
      state: fitExact(spec, rows, ridge === 'cv' ? ridgeOf(label) : ridge, { tolerance, maxIterations: 2 * maxIterations }),
    };
  });
  const main = fits.find(({ label }) => label === MAIN_FIT) as { readonly spec: ExactSpec; readonly state: NewtonState };
  return { main: main.state, spec: main.spec, all: new Map(fits.map(({ label, state }) => [label, state])) };
}
