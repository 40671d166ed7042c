/** `simulate demo`: four made-up hospitals, the demo's plan, three seeds; the tables and a report in under two minutes. */
import type { Command } from 'commander';
import {
  cohortPlan,
  cohortSites,
  DEMO_PROFILES,
  demoPlan,
  type KnownTruth,
  makeCohort,
  truthBesideEstimate,
  truthJson,
} from '../cohorts/index.ts';
import { cohortFile } from '../input/cohort-file.ts';
import { checkedPlan } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { csvText } from '../output/csv.ts';
import { jsonText } from '../output/results-json.ts';
import { truthLines, truthTable } from '../output/truth-table.ts';
import type { RunOutput } from '../runs/run-once.ts';
import { count } from './option-values.ts';
import { printResult } from './run.ts';
import { simulateToFolder } from './simulation.ts';

interface DemoOptions {
  readonly out: string;
  readonly seeds: number;
  readonly jobs: number;
  readonly force: boolean;
  readonly resume: boolean;
  readonly json: boolean;
  readonly survival: boolean;
  readonly treatment: boolean;
}

const DEMO_SEED = 1;

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('simulates the demo study on four made-up hospitals: local, federated and central, with intervals')
    .option('--survival', 'a time to an event instead: hazard ratios and risks beside the truth', false)
    .option('--treatment', 'a trial instead: the effect of a treatment beside the truth', false)
    .option('--out <folder>', 'where results go', 'out/demo')
    .option('--seeds <k>', 'how many seeds', count, 3)
    .option('--jobs <j>', 'how many simulations at a time', count, 2)
    .option('--force', 'replace a result folder that exists', false)
    .option('--resume', 'continue what was left unfinished', false)
    .option('--json', 'print one line of JSON instead of tables', false)
    .addHelpText(
      'after',
      '\nExamples:\n  pnpm simulate demo\n  pnpm simulate demo --survival --out out/survival\n  pnpm simulate demo --treatment --out out/trial\n  pnpm simulate demo --seeds 5 --out out/five --json',
    )
    .action(demoCommand);
}

/** Hospitals with a plan, and what is known to be true of them where a cohort file made them. */
interface DemoStudy {
  readonly text: string;
  readonly sites: readonly { readonly id: string; readonly name: string; readonly csv: string }[];
  readonly known: KnownTruth | null;
}

async function demoStudy({ survival, treatment }: DemoOptions): Promise<DemoStudy> {
  if (survival && treatment) throw new SimulationError('Give --survival or --treatment; each is a study of its own.');
  if (!survival && !treatment) {
    return { text: demoPlan('mlp'), sites: makeCohort({ sites: DEMO_PROFILES, seed: DEMO_SEED }).sites, known: null };
  }
  const file = await cohortFile(survival ? 'survival' : 'treatment');
  const sites = [...cohortSites(file)];
  return { text: cohortPlan(file), sites: sites.map(({ id, csv }) => ({ id, name: id, csv })), known: { file, sites } };
}

async function demoCommand(options: DemoOptions): Promise<void> {
  const { text, sites, known } = await demoStudy(options);
  const plan = checkedPlan(text, 'demo.yaml');
  const files = new Map([
    ['study/plan.yaml', text],
    ...(known === null ? [] : [['study/truth.json', jsonText(truthJson(known))] as const]),
    ...sites.map(({ id, csv }) => [`study/hospitals/${id}.csv`, csv] as const),
  ]);
  const result = await simulateToFolder({
    ...options,
    settings: [{ label: 'plan', changes: {}, plan }],
    // An exact fit draws nothing: another seed would find the same.
    seeds: Array.from({ length: known === null ? options.seeds : 1 }, (_, at) => plan.seed + at),
    data: { sites: sites.map(({ id, name, csv }) => ({ id, name, csv: new TextEncoder().encode(csv) })), splitCsv: null },
    backend: 'plain',
    more: (runs) => new Map([...files, ...truthFiles(known, runs[0]?.runs[0])]),
  });
  const run = result.settings[0]?.runs[0];
  const truth = known === null || run === undefined ? [] : truthBesideEstimate(known, run);
  printResult(result, options, truth);
  if (options.json) return;
  if (truth.length > 0) console.log(`\n${truthTable(truth)}`);
  console.log(`Plan and files of the demo: ${options.out}/study. Patients are made up; what is true of them is known (docs/simulate.md).`);
}

const truthFiles = (known: KnownTruth | null, run: RunOutput | undefined): [string, string][] =>
  known === null || run === undefined ? [] : [['truth.csv', csvText(truthLines(truthBesideEstimate(known, run)))]];
