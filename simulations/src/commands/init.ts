/** `simulate init`: a commented plan from the columns of a file. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { readCsv } from '@consilium/shared/reading';
import { type Command, Option } from 'commander';
import { checkedPlan } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { DRAFT_TASKS, type DraftTask, draftPlan } from '../plans/draft-plan.ts';

interface InitOptions {
  readonly task: DraftTask;
  readonly outcome: string;
  readonly time?: string;
  readonly patient?: string;
  readonly siteColumn?: string;
  readonly study?: string;
  readonly out: string;
  readonly force: boolean;
  readonly json: boolean;
}

export function addInit(program: Command): void {
  program
    .command('init')
    .description('drafts a commented plan from the columns of a CSV file')
    .argument('<file>', 'a CSV file of one hospital, or of all')
    .requiredOption('--outcome <column>', 'the column of the outcome; of the event, for a time to event')
    .addOption(new Option('--task <task>', 'what is predicted').choices([...DRAFT_TASKS]).default('binary'))
    .option('--time <column>', 'the column of the time, for a time to event')
    .option('--patient <column>', 'the column that tells patients apart')
    .option('--site-column <name>', 'the column that names the site')
    .option('--study <name>', 'short name of the study; the file’s name if it is not given')
    .option('--out <file>', 'where to', 'plan.yaml')
    .option('--force', 'replace a file that exists', false)
    .option('--json', 'print one line of JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  pnpm simulate init patients.csv --outcome died --patient id --site-column hospital
  pnpm simulate init patients.csv --task time-to-event --time days --outcome died --out survival.yaml`,
    )
    .action(initCommand);
}

async function initCommand(path: string, options: InitOptions): Promise<void> {
  const bytes = await readFile(path).catch(() => {
    throw new SimulationError(`There is no file "${path}".`);
  });
  const name = (options.study ?? basename(path, extname(path))).toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const study = name.replace(/^-+|-+$/g, '').slice(0, 64) || 'study';
  const text = draftPlan(readCsv(bytes), { ...options, study, site: options.siteColumn });
  checkedPlan(text, options.out);
  await writeFile(options.out, text, { flag: options.force ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new SimulationError(`"${options.out}" exists. Choose another name, or replace it with --force.`);
    throw error;
  });
  console.log(
    options.json
      ? JSON.stringify({ out: options.out, study })
      : `Written to ${options.out}. Read every line: what a column means cannot be guessed.`,
  );
}
