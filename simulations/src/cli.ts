#!/usr/bin/env node
/** The researcher's command: `pnpm simulate <command>`. */
import { Command } from 'commander';
import { failureSentence } from './commands/failure.ts';
import { addRun } from './commands/run.ts';
import { addSplit } from './commands/split.ts';

const program = new Command('simulate')
  .description('Simulates a federation on this machine, with the code the hospitals run.')
  .showHelpAfterError();

for (const add of [addRun, addSplit]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(failureSentence(error) ?? error);
  process.exitCode = 1;
}
