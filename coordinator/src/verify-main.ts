#!/usr/bin/env node
/** `pnpm verify FILE` and `pnpm verify --client URL|FOLDER`: checks offline what a coordinator gave out. Exit code 1 when something does not fit. */
import { Command } from 'commander';
import { checkClient, checkFile, type Finding } from './verify/index.ts';

interface Options {
  readonly client?: string;
  readonly expect?: string;
  readonly json: boolean;
}

const EXAMPLES = `
Examples:
  $ pnpm verify readmission-passport.json
  $ pnpm verify readmission-log.jsonl
  $ pnpm verify --client https://studies.example.org --expect 268d3352…
  $ pnpm verify --client client/dist`;

await new Command('verify')
  .description('Checks a study passport, an exported log, or the files of a client, without asking the coordinator.')
  .argument('[file]', 'a study passport (JSON) or an exported log (JSON lines)')
  .option('--client <place>', 'the address of a client that is served, or a folder with its files')
  .option('--expect <hash>', 'with --client: the build hash it must have')
  .option('--json', 'print the findings as JSON', false)
  .addHelpText('after', EXAMPLES)
  .action(run)
  .parseAsync();

async function run(file: string | undefined, { client, expect, json }: Options): Promise<void> {
  if ((file === undefined) === (client === undefined)) return fail('Name either a file or --client.');
  try {
    const findings = client === undefined ? (await checkFile(file ?? '')).findings : await checkClient(client, expect ?? null);
    print(findings, json);
  } catch (error) {
    fail(`This could not be checked: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function print(findings: readonly Finding[], asJson: boolean): void {
  const isGood = findings.every(({ ok }) => ok);
  if (asJson) console.log(JSON.stringify({ ok: isGood, findings }));
  else for (const { ok, text } of findings) console.log(`${ok ? 'ok   ' : 'WRONG'}  ${text}`);
  if (!isGood) process.exitCode = 1;
}

function fail(text: string): void {
  console.error(text);
  process.exitCode = 1;
}
