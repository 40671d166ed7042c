#!/usr/bin/env node
/**
 * The researcher's command: `pnpm simulate <command>`. What only some of it needs and is slow to load (charts, Parquet, the database's
 * client) is imported where it is used, so that help and refusals come at once.
 */
import { Command } from 'commander';
import { addCheck } from './commands/check.ts';
import { addCheckAlgorithm } from './commands/check-algorithm.ts';
import { addCohort } from './commands/cohort.ts';
import { addCompare } from './commands/compare.ts';
import { addDemo } from './commands/demo.ts';
import { addExportPlan } from './commands/export-plan.ts';
import { failureSentence } from './commands/failure.ts';
import { addInit } from './commands/init.ts';
import { addPredict } from './commands/predict.ts';
import { addReport } from './commands/report.ts';
import { addRun } from './commands/run.ts';
import { addSplit } from './commands/split.ts';
import { addSweep } from './commands/sweep.ts';
import { addWorker } from './commands/worker.ts';

const program = new Command('simulate')
  .description('Simulates a federation on this machine, with the code the hospitals run.')
  .showHelpAfterError('Add --help for options and examples.');

for (const add of [
  addDemo,
  addCohort,
  addInit,
  addCheck,
  addSplit,
  addRun,
  addSweep,
  addCompare,
  addReport,
  addPredict,
  addExportPlan,
  addCheckAlgorithm,
  addWorker,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(failureSentence(error) ?? error);
  process.exitCode = 1;
}
