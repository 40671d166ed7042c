/** `simulate init`: a commented plan from the columns of a file, or from a REDCap data dictionary. */
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { readTable } from '@consilium/shared/reading';
import { type Command, Option } from 'commander';
import { checkedPlan } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { putNew } from '../output/put.ts';
import { draftPlan } from '../plans/draft-plan.ts';
import { draftFromRedcap, type RedcapDraft } from '../plans/draft-redcap.ts';
import { DRAFT_TASKS, type DraftTask } from '../plans/draft-text.ts';

interface InitOptions {
  readonly task: DraftTask;
  readonly outcome: string;
  readonly time?: string;
  readonly patient?: string;
  readonly siteColumn?: string;
  readonly redcap?: string;
  readonly study?: string;
  readonly out: string;
  readonly force: boolean;
  readonly json: boolean;
}

export function addInit(program: Command): void {
  program
    .command('init')
    .description('drafts a commented plan from the columns of a file, or from a REDCap data dictionary')
    .argument('[file]', 'a file of one hospital, or of all: CSV, Excel, Parquet, JSON')
    .option('--redcap <file>', 'a REDCap data dictionary (CSV) instead of a file of patients')
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
  pnpm simulate init patients.csv --task time-to-event --time days --outcome died --out survival.yaml
  pnpm simulate init --redcap dictionary.csv --outcome died --site-column redcap_data_access_group`,
    )
    .action(initCommand);
}

async function initCommand(path: string | undefined, options: InitOptions): Promise<void> {
  const { redcap, out } = options;
  if ((path === undefined) === (redcap === undefined))
    throw new SimulationError('Give a file of patients, or a REDCap data dictionary with --redcap; one of the two.');
  const source = redcap ?? path ?? '';
  const bytes = await readFile(source).catch(() => {
    throw new SimulationError(`There is no file "${source}".`);
  });
  const name = (options.study ?? basename(source, extname(source))).toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const study = name.replace(/^-+|-+$/g, '').slice(0, 64) || 'study';
  const wishes = { ...options, study, site: options.siteColumn };
  const draft = redcap === undefined ? null : draftFromRedcap(bytes, wishes);
  const text = draft?.text ?? draftPlan(await readTable(bytes, basename(source)), wishes);
  checkedPlan(text, out);
  await putNew(out, text, options.force);
  if (options.json) {
    console.log(JSON.stringify({ out, study, ...(draft === null ? {} : { features: draft.features, notices: draft.notices }) }));
    return;
  }
  const read = draft === null ? [] : dictionaryLines(draft);
  console.log([...read, `Written to ${out}. Read every line: what a column means cannot be guessed.`].join('\n'));
}

function dictionaryLines({ fields, features, notices }: RedcapDraft): string[] {
  return [
    `Read ${fields} fields of the dictionary; ${features.length} features: ${features.join(', ')}`,
    ...(notices.length > 0 ? ['To look at:'] : []),
    ...notices.map((notice) => `  ${notice}`),
  ];
}
