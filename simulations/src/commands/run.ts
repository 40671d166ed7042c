/** `simulate run`: a plan, a folder of hospitals, and one or several seeds; writes the results and prints the table. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatPlanErrors, type Plan, parsePlan } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { SingleBar } from 'cli-progress';
import { summarize } from '../comparison/summary.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { readStudyInput } from '../input/site-input.ts';
import { resultTable } from '../output/result-table.ts';
import { writeResults } from '../output/write-results.ts';
import { applySettings } from '../plans/set-option.ts';
import { runMany } from '../runs/run-many.ts';

export interface RunOptions {
  readonly data: string;
  readonly out: string;
  readonly siteColumn?: string;
  readonly seed?: number;
  readonly seeds: number;
  readonly jobs: number;
  readonly set: readonly string[];
  readonly backend?: BackendName;
  readonly json: boolean;
}

export async function runCommand(planPath: string, options: RunOptions): Promise<void> {
  const text = await readFile(planPath, 'utf8').catch(() => {
    throw new SimulationError(`There is no plan "${planPath}".`);
  });
  const plan = readPlan(applySettings(text, options.set), planPath);
  const data = await readStudyInput(plan, options.data, options.siteColumn ?? null);
  const firstSeed = options.seed ?? plan.seed;
  const seeds = Array.from({ length: options.seeds }, (_, at) => firstSeed + at);
  const { jobs, backend = 'chosen' } = options;
  const runs = await withProgress(options.json, (onProgress) => runMany({ plan, data, backend, seeds, jobs, onProgress }));
  const summary = summarize(runs);
  await writeResults(options.out, runs, summary);
  if (options.json) console.log(JSON.stringify({ out: options.out, summary, coefficients: runs[0]?.result.coefficients }));
  else console.log(`${resultTable(runs, summary)}\n\nWritten to ${options.out}: results.json, predictions.csv, rounds.jsonl, model/`);
}

function readPlan(text: string, path: string): Plan {
  const parsed = parsePlan(text, basename(path));
  if (!parsed.ok) throw new SimulationError(formatPlanErrors(parsed.errors));
  return parsed.plan;
}

async function withProgress<Result>(
  isQuiet: boolean,
  work: (onProgress: (done: number, expected: number) => void) => Promise<Result>,
): Promise<Result> {
  if (isQuiet || !process.stderr.isTTY) return work(() => undefined);
  const bar = new SingleBar({ format: '{bar} {value}/{total} sums, {eta} s left', stream: process.stderr, hideCursor: true });
  bar.start(1, 0);
  try {
    return await work((done, expected) => {
      bar.setTotal(Math.max(1, expected));
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}
