/** `simulate compare`: finished results side by side, paired on the patients they share. */

import { primaryOutcome } from '@consilium/shared/study';
import type { Command } from 'commander';
import { compareSettings, type SettingRuns, sameOutcome, testRowsOf } from '../comparison/index.ts';
import { readResult } from '../input/read-result.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { csvText } from '../output/csv.ts';
import { put } from '../output/put.ts';
import { resultTable, taskOf } from '../output/result-table.ts';
import { differenceTable, rowsOf } from '../output/tidy-tables.ts';

export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('compares finished results: paired differences with patients’ intervals and the seeds’ spread')
    .argument('<folders...>', 'result folders of the same patients; one folder with several settings will do')
    .option('--csv <file>', 'also write the differences as CSV')
    .option('--json', 'print one line of JSON instead of tables', false)
    .addHelpText(
      'after',
      `
Examples:
  pnpm simulate compare out/fedavg out/scaffold
  pnpm simulate compare out/algorithms --csv differences.csv`,
    )
    .action(compareCommand);
}

async function compareCommand(folders: readonly string[], options: { readonly csv?: string; readonly json: boolean }): Promise<void> {
  const results = await Promise.all(folders.map(readResult));
  const settings = unique(results.flat());
  if (settings.length < 2) throw new SimulationError('There is one setting only; give two result folders, or one with several settings.');
  refuseStrangers(settings);
  const comparison = compareSettings(settings);
  if (options.csv !== undefined) await put(options.csv, csvText(rowsOf(differenceTable(comparison))));
  console.log(options.json ? JSON.stringify(comparison) : resultTable(comparison, undefined, taskOf(settings[0]?.runs[0])));
}

/** Two folders can have settings of one name. */
const unique = (settings: readonly SettingRuns<SettingRuns['runs'][number]>[]): SettingRuns[] =>
  settings.map((setting, at) => {
    const before = settings.slice(0, at).filter(({ label }) => label === setting.label).length;
    return before === 0 ? setting : { ...setting, label: `${setting.label} (${before + 1})` };
  });

/** Differences are paired: the outcome and the test patients must be the same. */
function refuseStrangers(settings: readonly SettingRuns[]): void {
  const plans = settings.flatMap(({ label, runs }) => runs.slice(0, 1).map(({ result }) => ({ label, plan: result.plan })));
  const stranger = plans.find(({ plan }) => plans[0] !== undefined && !sameOutcome(plan, plans[0].plan));
  if (stranger !== undefined && plans[0] !== undefined) {
    const words = ({ label, plan }: (typeof plans)[number]) =>
      `"${label}" predicts ${primaryOutcome(plan).name} (${primaryOutcome(plan).task})`;
    throw new SimulationError(`${words(plans[0])}, ${words(stranger)}: figures of different outcomes cannot be compared.`);
  }
  const [first, ...others] = settings.map(({ label, runs }) => ({ label, rows: testRowsOf(runs.map((run) => run.predictions)) }));
  for (const other of others) {
    if (first !== undefined && !other.rows.keys.some((key) => first.rows.keys.includes(key))) {
      throw new SimulationError(
        `"${first.label}" and "${other.label}" have no test patient in common, so they cannot be compared in pairs.`,
      );
    }
  }
}
