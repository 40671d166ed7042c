/** `simulate check`: reads, maps and checks files on disk as a hospital's tab would, and trains nothing. Exit code 2: not ready. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CalendarDate, parseDate } from '@consilium/shared/schema';
import type { Command } from 'commander';
import { checkedCsv, checkFile, checkText, type FileReport, readMappings } from '../check/index.ts';
import { checkedPlan, readPlanText } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { readSiteFiles } from '../input/site-files.ts';
import { put } from '../output/put.ts';

interface CheckOptions {
  readonly data: string;
  readonly siteColumn?: string;
  readonly mapping?: string;
  readonly exclude?: string;
  readonly out?: string;
  readonly today?: string;
  readonly json: boolean;
}

/** Exit code of a check that ran and found a file that is not ready. */
const NOT_READY = 2;

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('checks files of hospitals against a plan: how they are read, matched, and what is wrong with them')
    .argument('<plan>', 'the study plan, YAML or JSON')
    .requiredOption('--data <path>', 'a folder with one file a site, or one file')
    .option('--site-column <name>', 'the column that names the site, when --data is one file')
    .option('--mapping <path>', 'saved mappings: a folder with SITE.json for each, or one file for all or by name, JSON')
    .option('--exclude <file>', 'patients who opted out: ids or their SHA-256, one a line')
    .option('--today <date>', 'later dates are in the future, as 2020-01-31; default: the calendar of this machine')
    .option('--out <folder>', 'also write each checked table as CSV there')
    .option('--json', 'print one line of JSON instead of the report', false)
    .addHelpText(
      'after',
      `
Exit codes: 0 every file is ready, 2 a file is not ready, 1 the check could not run.

Examples:
  pnpm simulate check plan.yaml --data hospitals
  pnpm simulate check plan.yaml --data ward7.xlsx --mapping ward7.json --out checked
  pnpm simulate check plan.yaml --data patients.csv --site-column hospital --json`,
    )
    .action(checkCommand);
}

async function checkCommand(planPath: string, options: CheckOptions): Promise<void> {
  const plan = checkedPlan(await readPlanText(planPath), planPath);
  const mappingOf = await readMappings(options.mapping);
  const { exclude } = options;
  const exclusions = exclude === undefined ? null : await readFile(exclude).catch(() => null);
  if (exclude !== undefined && exclusions === null) throw new SimulationError(`There is no exclusion list "${exclude}".`);
  const { sites, splitCsv } = await readSiteFiles(plan, options.data, options.siteColumn ?? null);
  const today = dayOf(options.today);
  const reports: FileReport[] = [];
  for (const { file, site, read } of sites) {
    const { report, checked } = await checkFile(plan, {
      file,
      site,
      files: await read(),
      splitCsv,
      mapping: mappingOf(site),
      exclusions,
      today,
    });
    reports.push(report);
    if (options.out !== undefined && checked !== null) await putIn(options.out, `${site}.csv`, checkedCsv(plan, checked));
  }
  if (options.json) console.log(JSON.stringify({ files: reports }));
  else console.log(checkText(reports));
  if (reports.some(({ ready }) => !ready)) process.exitCode = NOT_READY;
}

/** @throws SimulationError for a text that is no date. */
function dayOf(text: string | undefined): CalendarDate {
  const now = new Date();
  if (text === undefined) return { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
  const date = parseDate(text, 'ymd');
  if (date === null || date === 'impossible') throw new SimulationError(`--today "${text}" is not a date such as 2020-01-31.`);
  return date;
}

async function putIn(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await put(join(folder, name), text);
}
