/**
 * Each site left out of training in turn, and its patients scored by the model of the others: what a hospital that joins later may expect.
 * In the simulator only: live, the difference of two such models would tell of the one site between them.
 */
import { headline, type Predictions } from '@consilium/shared/evaluation';
import { checkRows, evaluatedLabels, outcomeOfLabel, predictionsOf } from '@consilium/shared/federation';
import { type Part, poolParts, prepare, type Scaling } from '@consilium/shared/preparation';
import type { Plan } from '@consilium/shared/study';
import type { BackendName } from '@consilium/shared/training';
import { federateInThreads } from '../fast/index.ts';
import { SimulationError } from '../input/simulation-error.ts';
import { type StudyInput, siteFile } from '../input/site-input.ts';
import { chooseNodeBackend } from './backend.ts';
import { fitCentral } from './central.ts';
import type { Execution } from './federate-as-chosen.ts';
import { type ModelMetrics, modelMetrics, type Prediction } from './metrics.ts';
import { figuresOfRows } from './task-metrics.ts';

export interface LeaveOutInput extends Pick<Execution, 'workers' | 'memoryBytes' | 'algorithm' | 'onReport'> {
  readonly plan: Plan;
  readonly data: StudyInput;
  readonly backend: BackendName | 'chosen';
  /** Sites done, and all. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface LeftOutSites {
  /** Of every model of the primary outcome: over all left-out sites, and at each. */
  readonly models: Readonly<Record<string, ModelMetrics>>;
  /** What was merged or dropped without a site, in a sentence each. */
  readonly notes: readonly string[];
}

interface Scored {
  readonly notes: readonly string[];
  readonly site: string;
  readonly rows: Part;
  readonly said: ReadonlyMap<string, Predictions>;
}

/**
 * Trains once for every site, on the training rows of the others, and scores all patients of the site left out.
 *
 * @throws SimulationError with a plain sentence where the plan or the number of sites does not allow it.
 */
export async function leaveOneSiteOut(input: LeaveOutInput): Promise<LeftOutSites> {
  refuse(input);
  const backend = await chooseNodeBackend(input.plan, input.backend);
  const scored: Scored[] = [];
  for (const { id } of input.data.sites) {
    scored.push(await scoreLeftOut({ ...input, backend }, id));
    input.onProgress?.(scored.length, input.data.sites.length);
  }
  const labels = [...new Set(scored.flatMap(({ said }) => [...said.keys()]))];
  return {
    models: Object.fromEntries(labels.map((label) => [label, metricsOf(scored, label)])),
    notes: scored.flatMap(({ site, notes }) => notes.map((note) => `Without ${site}: ${note}`)),
  };
}

function refuse({ plan, data }: LeaveOutInput): void {
  const needed = Math.max(plan.rounds.quorum, plan.rounds.minContributors) + 1;
  if (data.sites.length < needed) {
    throw new SimulationError(`To leave a site out, the plan needs at least ${needed} sites; there are ${data.sites.length}.`);
  }
  if (plan.split.by === 'site') {
    throw new SimulationError('The plan keeps whole sites for the test already; leaving one out in turn needs another split.');
  }
  if (plan.personal === 'fedper' || plan.personal === 'fedbn') {
    throw new SimulationError(
      `With "personal: ${plan.personal}" a part of the model is the site’s own; a site that never trained has none.`,
    );
  }
}

async function scoreLeftOut(input: LeaveOutInput & { readonly backend: BackendName }, site: string): Promise<Scored> {
  const { plan, data, backend, workers = 1, memoryBytes, onReport } = input;
  const sites = data.sites.filter(({ id }) => id !== site);
  const left = data.sites.find(({ id }) => id === site);
  if (left === undefined) throw new TypeError('scoreLeftOut: expected a site of the study');
  const { programme, view } = await federateInThreads({
    plan,
    sites,
    splitCsv: data.splitCsv,
    backend,
    workers,
    memoryBytes,
    algorithm: input.algorithm?.address,
    withSiteResults: false,
    onReport: (text) => onReport?.(text),
  });
  const { newton, beside, scaling } = programme;
  if (scaling === null) throw new TypeError('scoreLeftOut: expected a finished study');
  const central = await fitCentral(plan, sites, data.splitCsv, backend, (label) => (beside[label] ?? newton)?.ridge ?? 1);
  const { table, split } = await checkRows(plan, site, siteFile(left, data.splitCsv));
  const rowsBy = (scale: Scaling): Part => {
    const { train, validation, test } = prepare(plan, table, split.sets, scale);
    return poolParts([train, validation, test]);
  };
  const rows = rowsBy(scaling);
  const labels = evaluatedLabels(plan, programme).filter((label) => outcomeOfLabel(plan, programme, label).role === 'primary');
  return {
    site,
    notes: view.results?.notes ?? [],
    rows,
    said: new Map([
      ...labels.map((label) => [label, predictionsOf(plan, programme, label, rows, null)] as const),
      ['central', central.predict(rowsBy(central.scaling), null)],
    ]),
  };
}

function metricsOf(scored: readonly Scored[], label: string): ModelMetrics {
  const own = scored.flatMap(({ site, rows, said }) => {
    const predictions = said.get(label);
    return predictions === undefined ? [] : [{ site, rows, predictions }];
  });
  if (own.every(({ predictions }) => predictions.task === 'binary')) {
    const all = own.flatMap(({ site, rows, predictions }) => {
      const scores = headline(predictions);
      return Array.from(
        rows.row,
        (row, at): Prediction => ({
          site,
          row,
          set: 'test',
          outcome: rows.y[at] ?? Number.NaN,
          scores: { [label]: scores[at] ?? Number.NaN },
        }),
      );
    });
    return modelMetrics(all, label);
  }
  const figures = own.map(({ rows, predictions }) => ({ truth: rows, predictions }));
  return {
    pooled: figuresOfRows(figures),
    sites: Object.fromEntries(own.map(({ site }, at) => [site, figuresOfRows(figures.slice(at, at + 1))])),
  };
}
