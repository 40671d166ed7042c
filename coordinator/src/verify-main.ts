#!/usr/bin/env node
/** `pnpm verify FILE` and `pnpm verify --client URL|FOLDER`: checks offline what a coordinator gave out. Exit code 1 when something does not fit. */
import { Command } from 'commander';
import { checkClient, checkFile, type Finding, printable, printableJson, reportFile } from './verify/index.ts';

interface Options {
  readonly client?: string;
  readonly expect?: string;
  readonly report: boolean;
  readonly json: boolean;
}

const EXAMPLES = `
Examples:
  $ pnpm verify readmission-passport.json
  $ pnpm verify readmission-log.jsonl --report
  $ pnpm verify record-of-this-hospital.jsonl
  $ pnpm verify --client https://studies.example.org --expect 268d3352…
  $ pnpm verify --client client/dist`;

await new Command('verify')
  .description('Checks a study passport, an exported log, or the files of a client, without asking the coordinator.')
  .argument('[file]', 'a study passport (JSON), an exported log or a hospital’s record (JSON lines)')
  .option('--client <place>', 'the address of a client that is served, or a folder with its files')
  .option('--expect <hash>', 'with --client: the build hash it must have')
  .option('--report', 'print a log or a record as sentences, one an entry', false)
  .option('--json', 'print the findings as JSON', false)
  .addHelpText('after', EXAMPLES)
  .action(run)
  .parseAsync();

async function run(file: string | undefined, { client, expect, report, json }: Options): Promise<void> {
  if ((file === undefined) === (client === undefined)) return fail('Name either a file or --client.');
  try {
    const checked =
      client === undefined ? await checkFile(file ?? '') : { kind: 'client', findings: await checkClient(client, expect ?? null) };
    print(checked.findings, json);
    if (!report || json) return;
    if (checked.kind !== 'log' && checked.kind !== 'hospital') return fail('Only logs and records can be printed as sentences.');
    for (const line of await reportFile(file ?? '')) console.log(printable(line));
  } catch (error) {
    fail(`This could not be checked: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function print(findings: readonly Finding[], asJson: boolean): void {
  const isGood = findings.every(({ ok }) => ok);
  if (asJson) console.log(printableJson({ ok: isGood, findings }));
  else for (const { ok, text } of findings) console.log(`${ok ? 'ok   ' : 'WRONG'}  ${printable(text)}`);
  if (!isGood) process.exitCode = 1;
}

function fail(text: string): void {
  console.error(printable(text));
  process.exitCode = 1;
}
