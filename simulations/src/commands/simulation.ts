/** What `run`, `sweep` and `demo` share: from settings and a folder of hospitals to a finished result folder. */
import { createHash } from 'node:crypto';
import { planHash } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { type Comparison, compareSettings, type SettingRuns } from '../comparison/index.ts';
import { defaultMemory, outOfMemory } from '../fast/index.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { filesOf, type StudyInput } from '../input/site-input.ts';
import type { ResultFiles } from '../output/result-files.ts';
import { openResultFolder } from '../output/result-folder.ts';
import type { Execution } from '../runs/federate-as-chosen.ts';
import { leaveOneSiteOut } from '../runs/leave-one-site-out.ts';
import type { RunOutput } from '../runs/run-once.ts';
import { type PlannedSetting, runSettings } from '../runs/run-settings.ts';
import { interruptible, withinMemory } from './interrupt.ts';
import { withProgress } from './progress.ts';

export interface SimulationInput extends Execution {
  readonly settings: readonly PlannedSetting[];
  readonly seeds: readonly number[];
  readonly data: StudyInput;
  readonly backend: BackendName | 'chosen';
  readonly jobs: number;
  readonly out: string;
  readonly force: boolean;
  readonly resume: boolean;
  readonly json: boolean;
  /** Seconds between two writings of a simulation that runs without masks; 5 when absent. */
  readonly keepEvery?: number | undefined;
  /** Trains once more for each site without it, and scores its patients; for every setting, with the first seed. */
  readonly leaveOneSiteOut?: boolean | undefined;
  /** Address of a queue, where other processes run the simulations. */
  readonly queue?: string | undefined;
  /** Files beside the result's own, by path. */
  readonly more?: ResultFiles | MoreFiles;
}

export type MoreFiles = (runs: readonly SettingRuns<RunOutput>[]) => ResultFiles;

export interface SimulationResult {
  readonly settings: readonly SettingRuns<RunOutput>[];
  readonly comparison: Comparison;
}

export async function simulateToFolder(input: SimulationInput): Promise<SimulationResult> {
  const { settings, seeds, data, backend, out } = input;
  const folder = await openResultFolder(out, { isForced: input.force, isResumed: input.resume, request: requestOf(input) });
  let [kept, all] = [0, settings.length * seeds.length];
  const stopped = () =>
    `Stopped. ${kept} of ${all} simulations are kept in ${folder.unfinishedPath}; the same command with --resume runs the others.`;
  const cap = input.memoryBytes ?? defaultMemory();
  const full = (): string => {
    folder.abandon();
    const hint = kept > 0 ? ` ${kept} of ${all} simulations are kept in ${folder.unfinishedPath}; go on with --resume.` : '';
    return `${outOfMemory(cap, data.sites.length, input.jobs).message}${hint}`;
  };
  const isWatched = (input.secure ?? 'on') === 'on' && input.queue === undefined;
  const within = <Result>(work: () => Promise<Result>) => (isWatched ? withinMemory(cap, full, work) : work());
  return interruptible(stopped, () =>
    within(async () => {
      const whole = await withProgress(input.json, 'sums', (onProgress) =>
        runSettings({
          settings,
          seeds,
          data,
          backend,
          secure: input.secure,
          workers: input.workers,
          memoryBytes: input.memoryBytes,
          algorithm: input.algorithm,
          world: input.world,
          queue: input.queue,
          checkpoints: input.queue === undefined ? { folder: folder.checkpointPath, everyMs: 1000 * (input.keepEvery ?? 5) } : undefined,
          onReport: (text) => console.error(text),
          parallel: input.jobs,
          folder,
          onProgress,
          onKept: (done, expected) => {
            [kept, all] = [done, expected];
          },
        }),
      );
      const runs = input.leaveOneSiteOut === true ? await leaveOutOfEach(input, whole) : whole;
      const comparison = compareSettings(runs);
      const { more = new Map() } = input;
      const { resultFiles } = await import('../output/result-files.ts');
      await folder.finish(new Map([...resultFiles(runs, comparison), ...(typeof more === 'function' ? more(runs) : more)]));
      return { settings: runs, comparison };
    }),
  ).catch((error: unknown) => {
    folder.abandon();
    throw error;
  });
}

async function leaveOutOfEach(input: SimulationInput, settings: readonly SettingRuns<RunOutput>[]): Promise<SettingRuns<RunOutput>[]> {
  if (input.world !== undefined) throw new SimulationError('A site cannot be left out in turn of a --world, which names its sites.');
  const found: SettingRuns<RunOutput>[] = [];
  for (const setting of settings) {
    const [first, ...others] = setting.runs;
    if (first === undefined) continue;
    const { models, notes } = await withProgress(input.json, 'sites left out', (onProgress) =>
      leaveOneSiteOut({ ...input, plan: first.result.plan, onProgress, onReport: (text) => console.error(text) }),
    );
    const result = { ...first.result, notes: [...first.result.notes, ...notes], leaveOneSiteOut: models };
    found.push({ ...setting, runs: [{ ...first, result }, ...others] });
  }
  return found;
}

/** What was asked: only the same can be resumed. Jobs and workers may differ; they change nothing but the time. */
function requestOf({ settings, seeds, data, backend, secure = 'on', algorithm, world }: SimulationInput): string {
  const hash = createHash('sha256');
  const plans = settings.map(({ label, plan }) => [label, planHash(plan)]);
  hash.update(JSON.stringify([plans, seeds, backend, secure, algorithm?.address ?? null, world ?? null]));
  for (const site of data.sites) {
    const { id, mapping } = site;
    hash.update(`\n${id} `);
    for (const { bytes } of filesOf(site)) hash.update(createHash('sha256').update(bytes).digest());
    if (mapping) hash.update(JSON.stringify(mapping));
  }
  if (data.splitCsv !== null) hash.update(data.splitCsv);
  return hash.digest('hex');
}
