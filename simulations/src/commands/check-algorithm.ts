/** `simulate check-algorithm`: whether a researcher's own algorithm keeps the contract, clause by clause. */
import type { Command } from 'commander';
import { checkAlgorithm, compileAlgorithm, importAlgorithm } from '../algorithm/index.ts';

export function addCheckAlgorithm(program: Command): void {
  program
    .command('check-algorithm')
    .description('checks a file with an own algorithm against the contract of docs/own-algorithm.md')
    .argument('<file>', 'TypeScript or JavaScript that exports `algorithm`')
    .option('--json', 'print one line of JSON', false)
    .addHelpText('after', '\nExample:\n  pnpm simulate check-algorithm simulations/examples/server-momentum.ts')
    .action(async (file: string, options: { readonly json: boolean }) => {
      const algorithm = await importAlgorithm(await compileAlgorithm(file));
      const checks = await checkAlgorithm(algorithm);
      if (options.json) console.log(JSON.stringify({ algorithm: algorithm.name, checks }));
      else for (const { what, ok, reason } of checks) console.log(`${ok ? 'ok  ' : 'FAIL'}  ${what}${ok ? '' : `: ${reason}`}`);
      if (checks.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}
