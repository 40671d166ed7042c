/** `simulate demo`: four made-up hospitals, the demo's plan, three seeds; the tables and a report in under two minutes. */
import type { Command } from 'commander';
import { DEMO_PROFILES, demoPlan, makeCohort } from '../cohorts/index.ts';
import { checkedPlan } from '../input/read-plan.ts';
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
}

const DEMO_SEED = 1;

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('simulates the demo study on four made-up hospitals: local, federated and central, with intervals')
    .option('--out <folder>', 'where results go', 'out/demo')
    .option('--seeds <k>', 'how many seeds', count, 3)
    .option('--jobs <j>', 'how many simulations at a time', count, 2)
    .option('--force', 'replace a result folder that exists', false)
    .option('--resume', 'continue what was left unfinished', false)
    .option('--json', 'print one line of JSON instead of tables', false)
    .addHelpText('after', '\nExamples:\n  pnpm simulate demo\n  pnpm simulate demo --seeds 5 --out out/five --json')
    .action(demoCommand);
}

async function demoCommand(options: DemoOptions): Promise<void> {
  const text = demoPlan('mlp');
  const plan = checkedPlan(text, 'demo.yaml');
  const cohort = makeCohort({ sites: DEMO_PROFILES, seed: DEMO_SEED });
  const files = new Map([
    ['study/plan.yaml', text],
    ...cohort.sites.map(({ id, csv }): [string, string] => [`study/hospitals/${id}.csv`, csv]),
  ]);
  const result = await simulateToFolder({
    ...options,
    settings: [{ label: 'plan', changes: {}, plan }],
    seeds: Array.from({ length: options.seeds }, (_, at) => plan.seed + at),
    data: { sites: cohort.sites.map(({ id, name, csv }) => ({ id, name, csv: new TextEncoder().encode(csv) })), splitCsv: null },
    backend: 'plain',
    more: files,
  });
  printResult(result, options);
  if (!options.json) {
    console.log(`Plan and files of the demo: ${options.out}/study. Patients are made up; their true risk is known (docs/simulate.md).`);
  }
}
