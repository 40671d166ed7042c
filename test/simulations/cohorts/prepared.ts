/** The demo's files through the product's own reading and preparation, one prepared site each. */
import { type Prepared, prepare, scalingFrom, siteStatistics, splitRows } from '@consilium/shared/preparation';
import { readCsv } from '@consilium/shared/reading';
import { type CheckedTable, checkTable } from '@consilium/shared/schema';
import { type Plan, tableSpec } from '@consilium/shared/study';
import type { CohortSite } from '@consilium/simulations/cohorts';

export function prepareSites(plan: Plan, sites: readonly CohortSite[]): { table: CheckedTable; prepared: Prepared }[] {
  const split = sites.map((site) => {
    const table = checkTable(readCsv(new TextEncoder().encode(site.csv)), tableSpec(plan));
    return { table, sets: splitRows(plan, table, site.id, null).sets };
  });
  const parts = split.map(({ table, sets }) => siteStatistics(plan, table, sets));
  const scaling = scalingFrom(
    plan,
    parts.reduce((sum, part) => sum.map((value, i) => value + part[i]!)),
  );
  return split.map(({ table, sets }) => ({ table, prepared: prepare(plan, table, sets, scaling) }));
}
