/** `simulate cohort`: made-up hospitals with a known truth, written one after another. */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { cohortPlan, cohortSites, type KnownTruth, truthJson } from '../cohorts/index.ts';
import { cohortFile } from '../input/cohort-file.ts';
import { checkedPlan } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { jsonText } from '../output/results-json.ts';
import { count } from './option-values.ts';
import { withProgress } from './progress.ts';

interface CohortOptions {
  readonly out: string;
  readonly sites?: number;
  readonly patients?: number;
  readonly seed?: number;
  readonly json: boolean;
}

export function addCohort(program: Command): void {
  program
    .command('cohort')
    .description('makes hospitals with a known truth: files, a plan, and the truth beside them')
    .argument('<cohort>', 'a cohort file, or one of risk, survival, treatment, observational, messy, ten-thousand')
    .requiredOption('--out <folder>', 'where to; it must not exist yet')
    .option('--sites <n>', 'so many hospitals, instead of the file’s', count)
    .option('--patients <n>', 'so many patients at a typical hospital, instead of the file’s', count)
    .option('--seed <n>', 'other patients of the same truth', count)
    .option('--json', 'print one line of JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  pnpm simulate cohort survival --out survival
  pnpm simulate run survival/plan.yaml --data survival/hospitals --out out/survival
  pnpm simulate cohort ten-thousand --sites 1000 --out thousand
  pnpm simulate cohort my-cohort.yaml --seed 2 --out second`,
    )
    .action(cohortCommand);
}

async function cohortCommand(path: string, options: CohortOptions): Promise<void> {
  const written = await cohortFile(path);
  const { sites = written.sites.count, patients = written.sites.patients, seed = written.seed, out } = options;
  if (sites > 10_000) throw new SimulationError('A cohort has at most 10,000 hospitals.');
  const tooMany = written.unitErrors.find((error) => error.sites > sites);
  if (tooMany !== undefined)
    throw new SimulationError(`${tooMany.sites} hospitals write ${tooMany.feature} in another unit; there are ${sites}.`);
  const file = { ...written, seed, sites: { ...written.sites, count: sites, patients } };
  const plan = cohortPlan(file);
  checkedPlan(plan, 'plan.yaml');
  // Whole or not at all: it has its name when its last file is there.
  const unfinished = `${out}.unfinished`;
  if ((await stat(out).catch(() => null)) !== null) throw new SimulationError(`"${out}" exists. Choose another folder with --out.`);
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(join(unfinished, 'hospitals'), { recursive: true });
    await mkdir(join(unfinished, 'truth'));
    const known: KnownTruth['sites'][number][] = [];
    await withProgress(options.json, 'hospitals', async (onProgress) => {
      for (const { csv, truthCsv, ...site } of cohortSites(file)) {
        await writeFile(join(unfinished, 'hospitals', `${site.id}.csv`), csv);
        await writeFile(join(unfinished, 'truth', `${site.id}.csv`), truthCsv);
        known.push(site);
        onProgress(known.length, sites);
      }
    });
    await writeFile(join(unfinished, 'plan.yaml'), plan);
    await writeFile(join(unfinished, 'truth.json'), jsonText(truthJson({ file, sites: known })));
    await rename(unfinished, out);
    const total = known.reduce((sum, site) => sum + site.patients, 0);
    console.log(
      options.json
        ? JSON.stringify({ out, sites, patients: total })
        : `Written to ${out}: ${sites} hospitals with ${total} patients, plan.yaml, and truth.json with what is true of them. Next: pnpm simulate run ${out}/plan.yaml --data ${out}/hospitals`,
    );
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}
