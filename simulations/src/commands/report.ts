/** `simulate report`: the report of a finished result, drawn anew. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { compareSettings } from '../comparison/index.ts';
import { readResult } from '../input/read-result.ts';
import { put } from '../output/put.ts';

export function addReport(program: Command): void {
  program
    .command('report')
    .description('writes the report of a finished result as one page that opens without a network')
    .argument('<folder>', 'a result folder')
    .option('--out <file>', 'where to; report.html in the folder if it is not given')
    .option('--json', 'print one line of JSON', false)
    .addHelpText('after', '\nExamples:\n  pnpm simulate report out/heart\n  pnpm simulate report out/heart --out heart.html')
    .action(reportCommand);
}

async function reportCommand(folder: string, options: { readonly out?: string; readonly json: boolean }): Promise<void> {
  const settings = await readResult(folder);
  const path = options.out ?? join(folder, 'report.html');
  const { reportPage } = await import('../output/report-page.ts');
  const text = reportPage(settings, compareSettings(settings));
  await put(path, text);
  console.log(options.json ? JSON.stringify({ report: path }) : `Written to ${path}`);
}
