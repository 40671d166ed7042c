/** `simulate run`: a plan, a folder of hospitals, one or several settings and seeds; writes the results and prints the table. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BackendName } from '@consilium/shared/training';
import { type Command, Option } from 'commander';
import { namedAlgorithm } from '../algorithm/index.ts';
import type { TruthRow } from '../cohorts/index.ts';
import { readMemory, SECURE_CHOICES, type SecureChoice } from '../fast/index.ts';
import { checkedPlan, readPlanText } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { asDelimited, type StudyInput } from '../input/site-input.ts';
import { leftOutTable } from '../output/left-out.ts';
import { resultTable } from '../output/result-table.ts';
import { changePlan, readSetOption } from '../plans/set-option.ts';
import { gridOf, type Setting } from '../plans/settings.ts';
import type { PlannedSetting } from '../runs/run-settings.ts';
import { isSpoiling, spoilFiles } from '../world/spoil-files.ts';
import { readWorld, type World } from '../world/world-file.ts';
import { collect, count, notNegative } from './option-values.ts';
import { type MoreFiles, type SimulationResult, simulateToFolder } from './simulation.ts';
import { type DataOptions, studyData, withDataOptions } from './study-data.ts';

export interface RunOptions extends DataOptions {
  readonly world?: string;
  readonly out: string;
  readonly seed?: number;
  readonly seeds: number;
  readonly jobs: number;
  readonly set: readonly string[];
  readonly backend: BackendName | 'fastest';
  readonly secure: SecureChoice;
  readonly workers: number;
  readonly memory?: string;
  readonly queue?: string;
  readonly algorithm?: string;
  readonly force: boolean;
  readonly resume: boolean;
  readonly keepEvery: number;
  readonly json: boolean;
  readonly leaveOneSiteOut?: boolean;
}

/** Options of every command that simulates. */
export function withRunOptions(command: Command): Command {
  return command
    .option('--out <folder>', 'where results go; it must not exist yet', 'out')
    .option('--seed <n>', 'first seed, instead of the plan’s', count)
    .option('--seeds <k>', 'how many seeds', count, 1)
    .option('--jobs <j>', 'how many simulations at a time, each in a thread', count, 1)
    .option('--backend <name>', 'plain (the same bits on every machine), cpu, wasm, or fastest (a short trial chooses)', 'plain')
    .addOption(
      new Option('--secure <choice>', 'secure sums: carried out (on), left out (off), or left out with their bytes counted (counted)')
        .choices(SECURE_CHOICES)
        .default('on'),
    )
    .option('--workers <n>', 'threads that hold the sites of one simulation; with --secure off or counted', count, 1)
    .option('--memory <size>', 'most memory to use, as 512MB or 2GB; most of the machine’s unless given')
    .option('--queue <address>', 'run them through a PostgreSQL database, on every `simulate worker` there is')
    .option('--algorithm <file>', 'an own algorithm in the place of the plan’s fedavg; see docs/own-algorithm.md')
    .option('--world <file>', 'delays, dropouts, mistakes and attacks around the sites, YAML')
    .option('--force', 'replace a result folder that exists', false)
    .option('--resume', 'continue what an interrupt, a crash or a full disk left unfinished', false)
    .option('--keep-every <seconds>', 'how often a running simulation is kept for --resume; with --secure off or counted', notNegative, 5)
    .option('--json', 'print one line of JSON instead of tables', false);
}

export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('runs a plan on a folder of hospitals')
    .argument('<plan>', 'the study plan, YAML or JSON')
    .option('--set <key=value>', 'change one key of the plan; several values, divided by commas, are compared', collect, [])
    .option('--leave-one-site-out', 'also train without each site in turn, and score its patients; in simulations only');
  withRunOptions(withDataOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  pnpm simulate run simulations/studies/heart-disease.yaml --data heart-disease --out out/heart
  pnpm simulate run plan.yaml --data patients.csv --site-column hospital --seeds 4 --jobs 2
  pnpm simulate run plan.yaml --data hospitals --set algorithm.ridge=2 --set rounds.count=20
  pnpm simulate run plan.yaml --data hospitals --set algorithm.kind=fedavg,fedadam --seeds 5 --jobs 2
  pnpm simulate run plan.yaml --data hospitals --partition dirichlet:sites=8,alpha=0.3 --out out/skewed
  pnpm simulate run plan.yaml --data thousand-hospitals --secure off --workers 2 --memory 2GB
  pnpm simulate run plan.yaml --data hospitals --leave-one-site-out --secure off
  pnpm simulate run plan.yaml --data hospitals --out out/long --resume`,
    )
    .action(runCommand);
}

export async function runCommand(planPath: string, options: RunOptions): Promise<void> {
  const text = await readPlanText(planPath);
  const settings = planSettings(text, planPath, gridOf(options.set.map(readSetOption)));
  const result = await runPlanned(settings, options);
  printResult(result, options);
}

/** @throws SimulationError when a setting is not a plan, with its line. */
export function planSettings(text: string, path: string, settings: readonly Setting[]): PlannedSetting[] {
  return settings.map((setting) => ({ ...setting, plan: checkedPlan(changePlan(text, setting.changes), path) }));
}

export async function runPlanned(settings: readonly PlannedSetting[], options: RunOptions, more?: MoreFiles): Promise<SimulationResult> {
  const [first] = settings;
  if (first === undefined) throw new RangeError('runPlanned: expected at least one setting');
  const divided = await studyData(first.plan, options);
  const world = await studyWorld(options.world, divided);
  const data = world === undefined || !isSpoiling(world) ? divided : spoilFiles(first.plan, await asDelimited(first.plan, divided), world);
  const firstSeed = options.seed ?? first.plan.seed;
  const seeds = Array.from({ length: options.seeds }, (_, at) => firstSeed + at);
  const backend = options.backend === 'fastest' ? 'chosen' : options.backend;
  const memoryBytes = options.memory === undefined ? undefined : readMemory(options.memory);
  const algorithm = options.algorithm === undefined ? undefined : await namedAlgorithm(options.algorithm);
  return simulateToFolder({
    ...options,
    settings,
    seeds,
    data,
    backend,
    memoryBytes,
    algorithm,
    world,
    ...(more === undefined ? {} : { more }),
  });
}

async function studyWorld(path: string | undefined, { sites }: StudyInput): Promise<World | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch(() => {
    throw new SimulationError(`There is no world file "${path}".`);
  });
  return readWorld(
    text,
    basename(path),
    sites.map(({ id }) => id),
  );
}

/** @param truth - Estimates beside what is known to be true, in `--json` only; empty where nothing is known. */
export function printResult(
  { settings, comparison }: SimulationResult,
  options: { readonly json: boolean; readonly out: string },
  truth: readonly TruthRow[] = [],
): void {
  const first = settings[0]?.runs[0];
  if (options.json) {
    const [own] = comparison.settings;
    const many = comparison.settings.length > 1 ? { settings: comparison.settings } : {};
    const { differences } = comparison;
    console.log(
      JSON.stringify({
        out: options.out,
        summary: own?.summary,
        coefficients: first?.result.coefficients,
        differences,
        ...many,
        ...(truth.length > 0 ? { truth } : {}),
        ...(first?.result.leaveOneSiteOut === undefined ? {} : { leaveOneSiteOut: first.result.leaveOneSiteOut }),
      }),
    );
    return;
  }
  const tables = [resultTable(comparison, first), leftOutTable(settings)].filter((table) => table !== '');
  const notes = [...new Set(settings.flatMap(({ runs }) => runs.flatMap(({ result }) => result.notes)))];
  const told = notes.length === 0 ? '' : `${notes.map((note) => `Note: ${note}`).join('\n')}\n\n`;
  console.log(`${tables.join('\n\n')}\n\n${told}Written to ${options.out}: results.json, report.html, predictions.csv and more`);
}
