#!/usr/bin/env node
/** `pnpm papers PLAN --coordinator URL`: writes the IT sheet and the draft of a data protection impact assessment of a plan, in two languages. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatPlanErrors, parsePlan } from '@consilium/shared/study';
import { Command } from 'commander';
import { readClientBuild } from './http/index.ts';
import { writePapers } from './papers/index.ts';

interface Options {
  readonly coordinator: string;
  readonly hospital: string;
  readonly hospitals?: string;
  readonly out: string;
}

const EXAMPLES = `
Examples:
  $ pnpm papers plan.yaml --coordinator https://studies.example.org --out papers
  $ pnpm papers plan.yaml --coordinator https://studies.example.org --hospital https://consilium.hospital.example --hospitals 6`;

await new Command('papers')
  .description(
    'Writes papers for a hospital from a plan: IT sheet and draft of a data protection impact assessment (English and German), and a server configuration.',
  )
  .argument('<plan>', 'a plan (YAML or JSON)')
  .requiredOption('--coordinator <url>', 'address of the coordinator')
  .option('--hospital <url>', 'address at which the hospital serves the client itself', 'https://consilium.your-hospital.example')
  .option('--hospitals <number>', 'how many hospitals are expected; default: the plan’s quorum')
  .option('--out <folder>', 'where the files go', 'papers')
  .addHelpText('after', EXAMPLES)
  .action(run)
  .parseAsync();

async function run(path: string, options: Options): Promise<void> {
  if (!existsSync(path)) return fail(`There is no file ${path}.`);
  const parsed = parsePlan(readFileSync(path, 'utf8'), basename(path));
  if (!parsed.ok) return fail(formatPlanErrors(parsed.errors));
  for (const address of [options.coordinator, options.hospital]) {
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return fail(`${address} is not an http or https address.`);
  }
  const { plan } = parsed;
  const hospitals = Number(options.hospitals ?? plan.rounds.quorum);
  if (!Number.isInteger(hospitals) || hospitals < plan.rounds.quorum || hospitals > 1000)
    return fail(`--hospitals is a number from ${plan.rounds.quorum} (the plan’s quorum) to 1000.`);
  const client = fileURLToPath(new URL('../../client/dist', import.meta.url));
  const built = readClientBuild(client);
  if (built === null) return fail('The client is not built yet. Run: pnpm build');
  const [coordinator, origin] = [new URL(options.coordinator).origin, new URL(options.hospital).origin];
  const serving = { inline: [built.boot, ...built.importMaps], origin, coordinator };
  const files = writePapers({ plan, hospitals, build: built.build, serving });
  mkdirSync(options.out, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(options.out, name), text);
    console.log(join(options.out, name));
  }
}

function fail(text: string): void {
  console.error(text);
  process.exitCode = 1;
}
