/**
 * Settings beside one another, each with its seeds: the mean, the seeds' spread and the patients' interval of every metric, and
 * paired differences. Two kinds of chance, kept apart: `seedSd` comes from other seeds, `interval` from other patients (bootstrap
 * within each site, the same draws for all models, means over the seeds).
 */
import { type Plan, primaryOutcome } from '@consilium/shared/study';
import type { Prediction } from '../runs/metrics.ts';
import type { RunOutput } from '../runs/run-once.ts';
import type { CountedMetrics } from './counted-metrics.ts';
import { metricsOfTask } from './metrics-of-task.ts';
import { interval95, RESAMPLES, resampleWithinSites } from './resample.ts';
import { testRowsOf } from './test-rows.ts';

/** What a comparison needs of a run. */
export type ComparedRun = Pick<RunOutput, 'result' | 'predictions'>;

/** One setting and its runs, one a seed. */
export interface SettingRuns<Run extends ComparedRun = ComparedRun> {
  readonly label: string;
  readonly changes: Readonly<Record<string, unknown>>;
  readonly runs: readonly Run[];
}

export interface MetricSummary {
  readonly mean: number;
  /** Standard deviation over seeds; null for one seed. */
  readonly seedSd: number | null;
  /** 95 % interval over resampled patients of each site; null where the metric has none. */
  readonly interval: readonly [number, number] | null;
}

/** Model → metric → summary. */
export type Summary = Readonly<Record<string, Readonly<Record<string, MetricSummary>>>>;

export interface ModelOfSetting {
  readonly setting: string;
  readonly model: string;
}

/** `of` minus `than`, on the test rows that every model scored. */
export interface Difference extends MetricSummary {
  readonly metric: string;
  readonly of: ModelOfSetting;
  readonly than: ModelOfSetting;
}

export interface Comparison {
  readonly settings: readonly { readonly label: string; readonly changes: Readonly<Record<string, unknown>>; readonly summary: Summary }[];
  readonly differences: readonly Difference[];
  readonly resamples: number;
}

/** Within a setting: what is compared with what. */
const PAIRS = [
  ['federated', 'local'],
  ['federated', 'central'],
  ['personal', 'local'],
  ['personal', 'federated'],
] as const;
const EVERY_PAIR_UP_TO = 6;

interface Judged extends ModelOfSetting {
  /** One a seed. */
  readonly seeds: readonly { readonly metrics: CountedMetrics; readonly scores: Float64Array }[];
}

export function compareSettings(settings: readonly SettingRuns[], resamples = RESAMPLES): Comparison {
  // Settings of another outcome than the first one's are not compared with it: their rows have other outcomes, or no time.
  const plan = settings[0]?.runs[0]?.result.plan;
  const isAlike = (run: ComparedRun) => plan !== undefined && sameOutcome(run.result.plan, plan);
  const alike = settings.filter(({ runs }) => runs.every(isAlike));
  const rows = testRowsOf(alike.flatMap(({ runs }) => runs.map((run) => run.predictions)));
  const task = plan === undefined ? null : metricsOfTask(plan);
  const names = task?.names ?? [];
  const judged = alike.flatMap(({ label, runs }) =>
    labelsOf(runs.map((run) => run.predictions)).map((model): Judged => {
      const scores = runs.map((run) => rows.scoresOf(run.predictions, model));
      const metrics = runs.map((run) => task?.of(rows, run.predictions, model) ?? (() => new Float64Array()));
      return { setting: label, model, seeds: scores.map((values, at) => ({ scores: values, metrics: metrics[at]! })) };
    }),
  );
  const common = Uint8Array.from({ length: rows.length }, (_, row) =>
    judged.every(({ seeds }) => seeds.every(({ scores }) => !Number.isNaN(scores[row]))) ? 1 : 0,
  );
  const isWhole = common.every((value) => value === 1);
  const own: Float64Array[][] = judged.map(() => []);
  const shared: Float64Array[][] = judged.map(() => []);
  const draw = (counts: ArrayLike<number>, into: Float64Array[][]) =>
    judged.forEach(({ seeds }, at) => void into[at]?.push(mean(seeds.map(({ metrics }) => metrics(counts)))));
  if (judged.length > 0)
    resampleWithinSites(rows, resamples, (counts) => {
      draw(counts, own);
      if (!isWhole)
        draw(
          Uint16Array.from(counts, (count, row) => count * common[row]!),
          shared,
        );
    });
  const everyRow = new Uint8Array(rows.length).fill(1);
  const paired = { draws: isWhole ? own : shared, counts: isWhole ? everyRow : common };
  return {
    settings: settings.map(({ label, changes, runs }) => ({
      label,
      changes,
      summary: summaryOf(
        runs,
        names,
        (model, metric) => {
          const item = judged.find(({ setting, model: own }) => setting === label && own === model);
          return item?.seeds.map((seed) => seed.metrics(everyRow)[names.indexOf(metric)] ?? Number.NaN) ?? [];
        },
        (model, metric) => {
          const at = judged.findIndex((item) => item.setting === label && item.model === model);
          const column = names.indexOf(metric);
          return column < 0 ? null : interval95((own[at] ?? []).map((values) => values[column]!));
        },
      ),
    })),
    differences: pairsOf(settings, judged).flatMap(([of, than]) => differencesOf(names, judged, of, than, paired)),
    resamples,
  };
}

/** Whether figures of two plans can stand beside one another. */
export const sameOutcome = (a: Plan, b: Plan): boolean => {
  const [of, than] = [primaryOutcome(a), primaryOutcome(b)];
  return of.name === than.name && of.task === than.task;
};

/** Every model that some row was scored with, in the order of its first appearance. */
export function labelsOf(runs: readonly (readonly Prediction[])[]): string[] {
  return [...new Set(runs.flatMap((predictions) => predictions.flatMap((item) => Object.keys(item.scores))))];
}

/** @param direct - One value a seed of a model and metric that a run did not report: a hospital's own model, pooled over hospitals. */
function summaryOf(
  runs: readonly ComparedRun[],
  metrics: readonly string[],
  direct: (model: string, metric: string) => readonly number[],
  intervalOf: (model: string, metric: string) => readonly [number, number] | null,
): Summary {
  const models = [...new Set(runs.flatMap(({ result }) => Object.keys(result.models)))];
  return Object.fromEntries(
    models.map((model) => {
      const names = [...new Set([...runs.flatMap(({ result }) => Object.keys(result.models[model]?.pooled ?? {})), ...metrics])];
      const rows = names.flatMap((name): [string, MetricSummary][] => {
        const told = runs
          .map(({ result }) => result.models[model]?.pooled[name])
          .filter((value): value is number => typeof value === 'number');
        const values = told.length > 0 ? told : direct(model, name).filter((value) => !Number.isNaN(value));
        if (values.length === 0) return [];
        return [[name, { mean: average(values), seedSd: spread(values), interval: intervalOf(model, name) }]];
      });
      return [model, Object.fromEntries(rows)];
    }),
  );
}

function pairsOf(settings: readonly SettingRuns[], judged: readonly Judged[]): [number, number][] {
  const find = (setting: string, model: string) => judged.findIndex((item) => item.setting === setting && item.model === model);
  const within = settings.flatMap(({ label }) => PAIRS.map(([of, than]): [number, number] => [find(label, of), find(label, than)]));
  const across = settings.flatMap((of, position) =>
    settings
      .slice(0, settings.length <= EVERY_PAIR_UP_TO ? position : Math.min(1, position))
      .flatMap((than) => ['federated', 'personal'].map((model): [number, number] => [find(of.label, model), find(than.label, model)])),
  );
  return [...within, ...across].filter(([of, than]) => of >= 0 && than >= 0);
}

function differencesOf(
  names: readonly string[],
  judged: readonly Judged[],
  of: number,
  than: number,
  paired: { readonly draws: readonly (readonly Float64Array[])[]; readonly counts: ArrayLike<number> },
): Difference[] {
  const [left, right] = [judged[of], judged[than]];
  if (left === undefined || right === undefined) return [];
  const values = (item: Judged) => item.seeds.map(({ metrics }) => metrics(paired.counts));
  const [a, b] = [values(left), values(right)];
  return names.flatMap((metric, column): Difference[] => {
    const bySeed = a.slice(0, b.length).map((row, seed) => row[column]! - b[seed]![column]!);
    const difference = mean(a)[column]! - mean(b)[column]!;
    if (Number.isNaN(difference)) return [];
    const draws = (paired.draws[of] ?? []).map((row, i) => row[column]! - (paired.draws[than]?.[i]?.[column] ?? Number.NaN));
    return [
      {
        metric,
        of: { setting: left.setting, model: left.model },
        than: { setting: right.setting, model: right.model },
        mean: difference,
        seedSd: spread(bySeed),
        interval: interval95(draws),
      },
    ];
  });
}

function mean(rows: readonly Float64Array[]): Float64Array {
  const total = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows)
    row.forEach((value, at) => {
      total[at]! += value / rows.length;
    });
  return total;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation, n − 1; null for one value. */
function spread(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
