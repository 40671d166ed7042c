/** One simulation of a plan with one seed: the federation, the yardstick on pooled rows, and every metric of both. */
import { headline } from '@consilium/shared/evaluation';
import {
  coefficientsOf,
  exactFit,
  type FitResults,
  type JoiningGain,
  MAIN_FIT,
  type ProgrammeState,
  type StudyResults,
} from '@consilium/shared/federation';
import { type Plan, planHash, primaryOutcome } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import type { FastFederation, SecureChoice } from '../fast/index.ts';
import type { StudyInput } from '../input/site-input.ts';
import type { RoundTimes } from '../world/pretended-world.ts';
import { chooseNodeBackend } from './backend.ts';
import { fitCentral } from './central.ts';
import { type Execution, federateAsChosen } from './federate-as-chosen.ts';
import { type ModelMetrics, modelMetrics, type Prediction } from './metrics.ts';
import { taskMetrics } from './task-metrics.ts';

export interface RunResult {
  readonly plan: Plan;
  readonly planHash: string;
  readonly seed: number;
  readonly sites: Record<string, { rows: number; used: number; train: number; validation: number; test: number; dropped: unknown }>;
  readonly rounds: readonly unknown[];
  readonly models: Record<string, ModelMetrics>;
  /** `interval` (95 %) and `pValue` are null where the fit is penalised. */
  readonly coefficients: readonly (FitResults['coefficients'][number] & { readonly central: number })[];
  /** Every exact fit that ended, the Cox model and harms among them; absent in results of older versions. */
  readonly fits?: readonly FitResults[];
  readonly privacy: { readonly kind: string };
  /** Whether sums were masked. `wire` is what was sent, or with `counted` would have been; empty with `off`. */
  readonly secure: SecureChoice;
  /** Name of the researcher's algorithm that stood in the place of the plan's. */
  readonly ownAlgorithm?: string;
  readonly wire: Record<string, { up: number; down: number }>;
  readonly backend: BackendName;
  readonly notes: readonly string[];
  /** The effect of the plan's treatment; null in studies without one. */
  readonly effect: StudyResults['effect'];
  /** What joining is worth to each site, on its own test patients; absent in results of older versions. */
  readonly gains?: Readonly<Record<string, readonly JoiningGain[]>>;
  /** Models trained without a site, on that site's patients; where it was asked for, in a setting's first run. */
  readonly leaveOneSiteOut?: Readonly<Record<string, ModelMetrics>>;
}

export interface RunOutput {
  readonly result: RunResult;
  readonly predictions: readonly Prediction[];
  readonly programme: ProgrammeState;
  /** By the clock of this machine; kept out of the result, which is the same bytes every time. */
  readonly seconds: { readonly federation: number; readonly central: number; readonly total: number };
}

export interface RunInput extends Execution {
  readonly plan: Plan;
  readonly data: StudyInput;
  /** `chosen` tries what this machine has and takes the fastest that is right. */
  readonly backend: BackendName | 'chosen';
  readonly onProgress?: (done: number, expected: number) => void;
}

export async function runOnce(input: RunInput): Promise<RunOutput> {
  const { plan, data } = input;
  const backend = await chooseNodeBackend(plan, input.backend);
  const started = performance.now();
  const federation = await federateAsChosen({ ...input, backend });
  const federated = performance.now();
  const { newton, beside } = federation.programme;
  const ridgeOf = (label: string) => (label === MAIN_FIT ? newton : beside[label])?.ridge ?? 1;
  const central = await fitCentral(plan, data.sites, data.splitCsv, backend, ridgeOf);
  const predictions = collect(federation, central);
  const labels = Object.keys(predictions[0]?.scores ?? {});
  const isBinary = primaryOutcome(plan).task === 'binary';
  const models = Object.fromEntries(
    labels.map((label) => [
      label,
      withLive(isBinary ? modelMetrics(predictions, label) : taskMetrics(plan, federation, central, label), federation, label),
    ]),
  );
  const pooled = coefficientsOf(exactFit(plan, central.scaling, MAIN_FIT), central.main, central.names);
  const done = performance.now();
  const { view } = federation;
  return {
    predictions,
    programme: federation.programme,
    seconds: { federation: (federated - started) / 1000, central: (done - federated) / 1000, total: (done - started) / 1000 },
    result: {
      plan,
      planHash: planHash(plan),
      seed: plan.seed,
      sites: Object.fromEntries([...federation.reports].map(([id, report]) => [id, siteSummary(report)])),
      rounds: view.timeline.map((item) => ({ ...item, ...virtualTimes(federation.rounds?.get(item.round)) })),
      models,
      coefficients: (view.results?.coefficients ?? []).map((item, i) => ({ ...item, central: pooled[i]?.value ?? Number.NaN })),
      fits: view.results?.fits ?? [],
      privacy: { kind: plan.privacy.kind },
      secure: input.secure ?? 'on',
      ...(input.algorithm === undefined ? {} : { ownAlgorithm: input.algorithm.name }),
      wire: Object.fromEntries(federation.wire),
      backend,
      notes: view.results?.notes ?? [],
      effect: view.results?.effect ?? null,
      gains: Object.fromEntries([...federation.results].map(([site, { gains }]) => [site, gains])),
    },
  };
}

/** Seconds of the pretended clock, where the world has one. */
const virtualTimes = (times: RoundTimes | undefined) => (times === undefined ? {} : { virtual: { ...times } });

function siteSummary(report: FastFederation['reports'] extends ReadonlyMap<string, infer Report> ? Report : never) {
  const { train, validation, test } = report.split;
  return { rows: report.rowCount, used: train + validation + test, train, validation, test, dropped: report.dropped };
}

/** Each site's predictions under the models it holds, and under the yardstick. */
function collect(federation: FastFederation, central: Awaited<ReturnType<typeof fitCentral>>): Prediction[] {
  return [...federation.results].flatMap(([site, results]) => {
    const prepared = central.sites.get(site);
    if (prepared === undefined) return [];
    const scores = Object.fromEntries(
      (['train', 'validation', 'test'] as const).map((set) => {
        const predicted = central.predict(prepared[set], prepared.train);
        return [
          set,
          {
            predicted,
            score: headline(predicted),
            at: new Map(Array.from(prepared[set].row, (row, i) => [row, i])),
          },
        ];
      }),
    );
    return results.predictions.map((item): Prediction => {
      const part = scores[item.set];
      const at = part?.at.get(item.row) ?? -1;
      const whole = part?.predicted;
      const classes =
        whole?.task === 'multiclass'
          ? { ...item.classes, central: Array.from(whole.probability.subarray(at * whole.classes, (at + 1) * whole.classes)) }
          : null;
      return { site, ...item, scores: { ...item.scores, central: part?.score[at] ?? Number.NaN }, classes };
    });
  });
}

/** Beside the direct metrics, what a live study sees: for two classes of the AUROC, for every other task all of it. */
function withLive(metrics: ModelMetrics, { view }: FastFederation, label: string): ModelMetrics {
  const live = view.results?.models[label];
  if (live === undefined) return metrics;
  const seen =
    live.task === 'binary'
      ? { aurocBinned: live.aurocBinned, aurocBound: live.aurocBound, aurocWithinLive: live.aurocWithin }
      : Object.fromEntries(Object.entries(live.measures).map(([name, value]) => [`${name}Live`, value]));
  return { ...metrics, pooled: { ...metrics.pooled, ...seen } };
}
