/** The hospitals of a simulation: files read, then divided anew as the partitions say. */
import type { Plan } from '@consilium/shared/study';
import type { Command } from 'commander';
import { readStudyInput, type StudyInput } from '../input/site-input.ts';
import { divide, readPartition } from '../partitions/index.ts';
import { collect, count } from './option-values.ts';

export interface DataOptions {
  readonly data: string;
  readonly siteColumn?: string;
  readonly partition: readonly string[];
  readonly partitionSeed: number;
}

export function withDataOptions(command: Command): Command {
  return command
    .requiredOption('--data <folder>', 'one CSV a site (its name is the site), or one file with --site-column')
    .option('--site-column <name>', 'the column that names the site, when --data is one file')
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
  return divide(plan, data, partitions, options.partitionSeed);
}
