/** Settings × seeds of one plan, what is finished kept in the result's folder and not run again. */
import { type Plan, planHash } from '@consilium/shared/study';
import type { SettingRuns } from '../comparison/index.ts';
import type { ResultFolder } from '../output/result-folder.ts';
import type { Setting } from '../plans/settings.ts';
import { type ManyInput, type RunJob, runMany } from './run-many.ts';
import type { RunOutput } from './run-once.ts';

export interface PlannedSetting extends Setting {
  readonly plan: Plan;
}

export interface SettingsInput extends Omit<ManyInput, 'jobs' | 'onDone'> {
  readonly settings: readonly PlannedSetting[];
  readonly seeds: readonly number[];
  /** Address of a queue whose workers run the simulations; this process's own threads when absent. */
  readonly queue?: string | undefined;
  readonly folder: Pick<ResultFolder, 'keep' | 'kept'>;
  /** Called when a run has been kept, and at the beginning. */
  onKept?(kept: number, all: number): void;
}

export async function runSettings({ settings, seeds, folder, onKept, queue, ...input }: SettingsInput): Promise<SettingRuns<RunOutput>[]> {
  const jobs = settings.flatMap(({ plan }) => seeds.map((seed) => jobOf({ ...plan, seed })));
  const outputs = new Map<string, RunOutput>();
  for (const { key } of jobs) {
    const kept = (await folder.kept(key)) as RunOutput | null;
    if (kept !== null) outputs.set(key, kept);
  }
  onKept?.(outputs.size, jobs.length);
  const missing = jobs.filter(({ key }, at) => !outputs.has(key) && jobs.findIndex((job) => job.key === key) === at);
  const run = queue === undefined ? runMany : await throughQueue(queue);
  await run({
    ...input,
    jobs: missing,
    onDone: async (job, output) => {
      await folder.keep(job.key, output);
      outputs.set(job.key, output);
      onKept?.(outputs.size, jobs.length);
    },
  });
  return settings.map(({ label, changes }, at) => ({
    label,
    changes,
    runs: jobs.slice(at * seeds.length, (at + 1) * seeds.length).flatMap(({ key }) => outputs.get(key) ?? []),
  }));
}

/** The database's client is loaded only where there is a database. */
async function throughQueue(url: string): Promise<typeof runMany> {
  const { runThroughQueue } = await import('../queue/index.ts');
  return (many) => runThroughQueue(url, many);
}

/** The hash of a plan covers its seed. */
const jobOf = (plan: Plan): RunJob => ({ key: planHash(plan), plan });
