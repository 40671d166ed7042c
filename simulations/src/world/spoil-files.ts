/** Files of sites that made a mistake or are small: another unit, outcomes the wrong way round, only a few rows. */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import { outcomeColumns, outcomeReader } from '@consilium/shared/schema';
import { type Plan, primaryOutcome } from '@consilium/shared/study';
import { SimulationError } from '../input/simulation-error.ts';
import type { SiteInput, StudyInput } from '../input/site-input.ts';
import { csvText } from '../output/csv.ts';
import { columnOf } from '../partitions/divide.ts';
import { tableOf } from '../partitions/pooled-table.ts';
import { changeNumbers } from '../partitions/site-rows.ts';
import type { World, WorldSite } from './world-file.ts';

/** @throws SimulationError when a feature is unknown, or labels are to be flipped of an outcome that is not yes or no. */
export function spoilFiles(plan: Plan, data: StudyInput, world: World): StudyInput {
  return { ...data, sites: data.sites.map((site) => spoilFile(plan, site, world.sites[site.id], world.seed)) };
}

/** Whether any of its sites' rows are changed: only then must their files be tables that can be looked into. */
export const isSpoiling = ({ sites }: World): boolean => Object.values(sites).some(changesRows);

const changesRows = ({ unit, flipLabels, keepRows }: WorldSite): boolean => unit !== undefined || flipLabels > 0 || keepRows !== undefined;

function spoilFile(plan: Plan, site: SiteInput, change: WorldSite | undefined, seed: number): SiteInput {
  if (change === undefined || !changesRows(change)) return site;
  const table = tableOf(site);
  let own = { id: site.id, name: site.name, rows: table.rows.slice(0, change.keepRows ?? table.rows.length) };
  if (change.unit !== undefined) {
    const column = table.columns.indexOf(columnOf(plan, change.unit.feature));
    const { factor } = change.unit;
    if (column >= 0) own = { ...own, rows: [...changeNumbers(own, column, (value) => value * factor).rows] };
  }
  if (change.flipLabels > 0) own = { ...own, rows: flipped(plan, table.columns, own.rows, change.flipLabels, `${seed} ${site.id}`) };
  return { ...site, csv: new TextEncoder().encode(csvText([table.columns, ...own.rows])) };
}

/** An outcome is flipped by giving it the text of a row of the other class, so that it reads as that class under any rule. */
function flipped(plan: Plan, columns: readonly string[], rows: readonly (readonly string[])[], share: number, words: string): string[][] {
  const outcome = primaryOutcome(plan);
  if (outcome.task !== 'binary') throw new SimulationError('flipLabels needs an outcome that is yes or no.');
  const at = columns.indexOf(outcomeColumns(outcome)[0] ?? '');
  const read = outcomeReader(outcome, '.');
  const classOf = (cells: readonly string[]) => read([cells[at] ?? '']).y;
  const [no, yes] = [0, 1].map((value) => rows.find((cells) => classOf(cells) === value)?.[at]);
  const { uniform } = randomStream(sha256(utf8Bytes(`consilium flipped labels ${words}`)));
  return rows.map((cells) => {
    const other = classOf(cells) === 1 ? no : classOf(cells) === 0 ? yes : undefined;
    return uniform() < share && other !== undefined ? cells.map((cell, column) => (column === at ? other : cell)) : [...cells];
  });
}
