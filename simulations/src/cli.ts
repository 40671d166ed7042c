#!/usr/bin/env node
/** The researcher's command: `pnpm simulate <command>`. */
import { Command, InvalidArgumentError } from 'commander';
import { runCommand } from './commands/run.ts';
import { SimulationError } from './input/simulation-error.ts';

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
};
const collect = (value: string, soFar: readonly string[]): string[] => [...soFar, value];

const program = new Command('simulate')
  .description('Simulates a federation on this machine, with the code the hospitals run.')
  .showHelpAfterError();

program
  .command('run')
  .argument('<plan>', 'the study plan, YAML or JSON')
  .requiredOption('--data <folder>', 'one CSV a site (its name is the site), or one file with --site-column')
  .option('--out <folder>', 'where results go', 'out')
  .option('--site-column <name>', 'the column that names the site, when --data is one file')
  .option('--seed <n>', 'first seed, instead of the plan’s', count)
  .option('--seeds <k>', 'how many seeds', count, 1)
  .option('--jobs <j>', 'how many seeds at a time, each in a thread', count, 1)
  .option('--set <key=value>', 'change one key of the plan, as algorithm.ridge=2; may be given several times', collect, [])
  .option('--backend <name>', 'plain, cpu or wasm, instead of the fastest')
  .option('--json', 'print one line of JSON instead of the table', false)
  .description('runs a plan on a folder of hospitals')
  .addHelpText(
    'after',
    `
Examples:
  pnpm simulate run simulations/studies/heart-disease.yaml --data heart-disease --out out/heart
  pnpm simulate run plan.yaml --data patients.csv --site-column hospital --seeds 4 --jobs 2
  pnpm simulate run plan.yaml --data hospitals --set algorithm.ridge=2 --set rounds.count=20`,
  )
  .action(runCommand);

try {
  await program.parseAsync();
} catch (error) {
  const isExpected =
    error instanceof SimulationError ||
    (error instanceof Error && ['ReadingError', 'SchemaError', 'PreparationError', 'SiteError', 'TrainingError'].includes(error.name));
  console.error(isExpected ? (error as Error).message : error);
  process.exitCode = 1;
}
