/** `simulate split`: who is where, before anything is trained; as tables, a page with plots, and one file a site. */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { checkedPlan, readPlanText } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { asDelimited, type StudyInput } from '../input/site-input.ts';
import { put } from '../output/put.ts';
import { splitTable } from '../output/split-table.ts';
import { splitOverview } from '../partitions/index.ts';
import { type DataOptions, studyData, withDataOptions } from './study-data.ts';

interface SplitOptions extends DataOptions {
  readonly plot?: string | true;
  readonly out?: string;
  readonly json: boolean;
}

export function addSplit(program: Command): void {
  const command = program.command('split').description('shows how patients and values are divided among the sites, before any training');
  withDataOptions(command.argument('<plan>', 'the study plan, YAML or JSON'))
    .option('--plot [file]', 'also write a page with plots; split.html if no name is given')
    .option('--out <folder>', 'also write one CSV a site there; the folder must not exist yet')
    .option('--json', 'print one line of JSON instead of tables', false)
    .addHelpText(
      'after',
      `
Examples:
  pnpm simulate split plan.yaml --data hospitals --plot
  pnpm simulate split plan.yaml --data patients.csv --site-column ward --partition dirichlet:sites=8,alpha=0.3,sigma=0.5 --plot
  pnpm simulate split plan.yaml --data hospitals --partition iid:sites=20 --partition missing:rate=0.3 --out twenty-sites`,
    )
    .action(splitCommand);
}

async function splitCommand(planPath: string, options: SplitOptions): Promise<void> {
  const plan = checkedPlan(await readPlanText(planPath), planPath);
  const data = await asDelimited(plan, await studyData(plan, options));
  const overview = splitOverview(plan, data);
  const page = options.plot === true ? 'split.html' : options.plot;
  if (options.out !== undefined) await writeSites(options.out, data);
  if (page !== undefined) {
    const { splitPage } = await import('../output/split-page.ts');
    await put(page, splitPage(plan, overview));
  }
  if (options.json) {
    console.log(JSON.stringify({ ...overview, page: page ?? null, out: options.out ?? null }));
    return;
  }
  const written = [page, options.out].filter((path) => path !== undefined);
  console.log(`${splitTable(overview)}${written.length > 0 ? `\n\nWritten: ${written.join(', ')}` : ''}`);
}

/** Whole or not at all: the folder has its name when its last file is there. */
async function writeSites(out: string, { sites }: StudyInput): Promise<void> {
  if ((await stat(out).catch(() => null)) !== null) throw new SimulationError(`The folder "${out}" exists. Choose another one with --out.`);
  const unfinished = `${out}.unfinished`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    for (const { id, csv } of sites) await writeFile(join(unfinished, `${id}.csv`), csv);
    await rename(unfinished, out);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}
