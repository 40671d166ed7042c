/**
 * Who contributed to which sums, for the differencing guard: one list for each kind of rows.
 *
 * Rules: every exact sum counts the rows it is over, so all sums over the same rows share a column, whatever else they ask. Updates are left
 * out: they depend on a model that changes with every sum (the plan says that a dropped site can be isolated approximately). The list of the
 * released sums is part of the derived model, so a site knows of sums it took no part in; sets that isolate someone only as three never have
 * a site in common, and nobody could see them from its own answers alone.
 */
import type { Cohorts } from '../protocol/index.ts';
import type { StageName } from './stage-name.ts';

export type RowSet = 'training' | 'validation' | 'test';

/** Distinct contributors as rising roster indices, in the order in which they came. */
export type Contributors = { readonly [rows in RowSet]: Cohorts };

export const noContributors: Contributors = { training: [], validation: [], test: [] };

const ROWS_OF: Record<Exclude<StageName['kind'], 'recalibration'>, readonly RowSet[]> = {
  statistics: ['training'],
  newton: ['training'],
  update: [],
  validation: ['validation'],
  conformal: ['validation'],
  evaluation: ['test'],
  calibration: ['test'],
  judgement: ['test'], // of validation rows it asks what no look asked
  effect: ['training', 'test'], // the benefit is judged on test patients
  closing: [],
  done: [],
};

/** Which rows the sum of a stage is over. */
export const rowsAsked = (stage: StageName): readonly RowSet[] => (stage.kind === 'recalibration' ? [stage.rows] : ROWS_OF[stage.kind]);

/** Both lists together, each set of contributors once. */
export function joinContributors(a: Contributors, b: Contributors): Contributors {
  return { training: join(a.training, b.training), validation: join(a.validation, b.validation), test: join(a.test, b.test) };
}

/** Adds the contributors of one sum to the lists of the rows it was over. */
export function addContributors(known: Contributors, stage: StageName, sites: readonly number[]): Contributors {
  const added = rowsAsked(stage).map((rows) => [rows, [sites]]);
  return joinContributors(known, { ...noContributors, ...Object.fromEntries(added) });
}

/** The state after a released sum, with its contributors. */
export function withContributors<State extends { readonly contributors: Contributors }>(
  state: State,
  stage: StageName,
  sites: readonly number[],
): State {
  return { ...state, contributors: addContributors(state.contributors, stage, sites) };
}

/** Every set of contributors that a sum of this stage must not be differenced with. Sums over different rows are judged apart. */
export function earlierContributors(known: Contributors, stage: StageName): readonly Cohorts[] {
  return rowsAsked(stage).map((rows) => known[rows]);
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((site, i) => site === b[i]);

function join(a: Cohorts, b: Cohorts): Cohorts {
  return [...a, ...b.filter((cohort) => !a.some((known) => same(known, cohort)))];
}
