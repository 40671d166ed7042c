/** The hospitals of a simulation: files read, then divided anew as the partitions say. */
import type { Plan } from '@consilium/shared/study';
import type { Command } from 'commander';
import { readMappings } from '../check/index.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { asDelimited, readStudyInput, type StudyInput } from '../input/site-input.ts';
import { divide, readPartition } from '../partitions/index.ts';
import { collect, count } from './option-values.ts';

export interface DataOptions {
  readonly data: string;
  readonly siteColumn?: string;
  readonly mapping?: string;
  readonly partition: readonly string[];
  readonly partitionSeed: number;
}

export function withDataOptions(command: Command): Command {
  return command
    .requiredOption(
      '--data <folder>',
      'one file a site (its name is the site), or one file with --site-column: CSV, TSV, Excel, Parquet or JSON',
    )
    .option('--site-column <name>', 'the column that names the site, when --data is one file')
    .option('--mapping <path>', 'saved mappings: a folder with SITE.json for each, or one file for all or by name, JSON')
    .option(
      '--partition <kind:key=value,…>',
      'divide the patients anew: natural, iid, dirichlet, quantity, shards; then shift, unit, missing',
      collect,
      [],
    )
    .option('--partition-seed <n>', 'another seed divides otherwise', count, 1);
}

export async function studyData(plan: Plan, options: DataOptions): Promise<StudyInput> {
  const partitions = options.partition.map(readPartition);
  const data = await readStudyInput(plan, options.data, options.siteColumn ?? null);
  if (options.mapping === undefined)
    return partitions.length === 0 ? data : divide(plan, await asDelimited(plan, data), partitions, options.partitionSeed);
  if (partitions.length > 0)
    throw new SimulationError('--partition makes files anew, so no saved --mapping fits them; give one of the two.');
  const mappingOf = await readMappings(options.mapping);
  return { ...data, sites: data.sites.map((site) => ({ ...site, mapping: mappingOf(site.id) })) };
}
