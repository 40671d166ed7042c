/** `simulate export-plan`: the plan as the console takes it, with the hash that hospitals will sign. */
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { describePlan, type Plan, planHash } from '@consilium/shared/study';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { checkedPlan, readPlanText } from '../input/read-plan.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { putNew } from '../output/put.ts';
import { changePlan, readSetOption } from '../plans/set-option.ts';
import { collect, count } from './option-values.ts';

interface ExportOptions {
  readonly out?: string;
  readonly set: readonly string[];
  readonly seed?: number;
  readonly force: boolean;
  readonly json: boolean;
}

export function addExportPlan(program: Command): void {
  program
    .command('export-plan')
    .description('writes a plan, or the plan of a result, as a file that the console loads unchanged')
    .argument('<plan or folder>', 'a plan, or a result folder')
    .option('--out <file>', 'where to; .json for JSON, else YAML; without it the plan is printed')
    .option('--set <key=value>', 'change one key', collect, [])
    .option('--seed <n>', 'the seed of the first weights', count)
    .option('--force', 'replace a file that exists', false)
    .option('--json', 'print one line of JSON with the hash', false)
    .addHelpText(
      'after',
      `
Examples:
  pnpm simulate export-plan out/algorithms/settings/scaffold --out study.yaml
  pnpm simulate export-plan plan.yaml --set algorithm.localEpochs=2 --out study.yaml`,
    )
    .action(exportCommand);
}

async function exportCommand(source: string, options: ExportOptions): Promise<void> {
  const text = await sourceText(source);
  const seed = options.seed === undefined ? [] : [`seed=${options.seed}`];
  const changes = [...options.set, ...seed].map(readSetOption).map(({ key, values }): [string, unknown] => {
    if (values.length !== 1) throw new SimulationError(`One plan is exported: --set ${key} needs one value.`);
    return [key, values[0]];
  });
  const changed = changePlan(text, Object.fromEntries(changes));
  const plan = checkedPlan(changed, source);
  const written =
    options.out !== undefined && extname(options.out).toLowerCase() === '.json' ? `${JSON.stringify(plan, null, 2)}\n` : changed;
  const hash = planHash(plan);
  if (planHash(checkedPlan(written, source)) !== hash) throw new Error('export-plan: the written plan has another hash');
  if (options.out !== undefined) await putNew(options.out, written, options.force);
  if (options.json) console.log(JSON.stringify({ out: options.out ?? null, planHash: hash, plan }));
  else if (options.out === undefined) process.stdout.write(written);
  else console.log(`${summaryOf(plan)}\nHash ${hash}\nWritten to ${options.out}: load it in the console with New study.`);
}

/** A plan file's own text, comments and all; or the plan that a result was made from. */
async function sourceText(source: string): Promise<string> {
  const info = await stat(source).catch(() => null);
  if (info?.isDirectory() !== true) return readPlanText(source);
  const stored = await readFile(join(source, 'results.json'), 'utf8').catch(() => {
    throw new SimulationError(`There is no result in "${source}": it has no results.json.`);
  });
  return stringify((JSON.parse(stored) as { readonly plan: Plan }).plan);
}

const summaryOf = (plan: Plan): string =>
  `${plan.title} (${plan.study}, version ${plan.version}), ${describePlan(plan).length} points to sign.`;
