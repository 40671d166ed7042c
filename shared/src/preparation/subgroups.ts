/** The declared groups of a plan, and the group of each row: the codes of a feature or ranges between cuts, and the rows where it is missing. */
import type { CheckedTable, Feature } from '../schema/index.ts';
import type { Plan } from '../study/index.ts';

export interface Subgroup {
  readonly feature: string;
  /** In words, in order; the last is of rows where the feature is missing, named ''. */
  readonly groups: readonly string[];
}

/** The plan's groups, one entry a declared feature. */
export const subgroupsOf = (plan: Plan): Subgroup[] =>
  declared(plan).map(({ feature, cuts }) => ({ feature: feature.name, groups: [...groupNames(feature, cuts), ''] }));

/** @param rows - Positions in the table. @returns For each declared feature the group of each row. */
export function rowGroups(plan: Plan, table: Pick<CheckedTable, 'values'>, rows: readonly number[]): Uint8Array[] {
  return declared(plan).map(({ feature, cuts }) => {
    const values = table.values.get(feature.name)!;
    const missing = groupNames(feature, cuts).length;
    return Uint8Array.from(rows, (row) => {
      const value = values[row]!;
      if (Number.isNaN(value)) return missing;
      return feature.type === 'number' ? cuts.filter((cut) => value >= cut).length : value;
    });
  });
}

function declared({ evaluation, features }: Plan): { readonly feature: Feature; readonly cuts: readonly number[] }[] {
  return evaluation.subgroups.flatMap(({ feature: name, cuts }) =>
    features.filter((feature) => feature.name === name).map((feature) => ({ feature, cuts })),
  );
}

function groupNames(feature: Feature, cuts: readonly number[]): string[] {
  if (feature.type !== 'number') return feature.codes.map(({ label }) => label);
  return [`< ${cuts[0]}`, ...cuts.map((cut, at) => (at + 1 < cuts.length ? `${cut} – < ${cuts[at + 1]}` : `≥ ${cut}`))];
}
