/** The result of a run as tables people read in a terminal. */
import type { Task } from '@consilium/shared/schema';
import { primaryOutcome } from '@consilium/shared/study';
import type { ComparedRun, Comparison, Difference, MetricSummary } from '../comparison/index.ts';
import { align } from './align.ts';
import { effectTable } from './effect-words.ts';
import { nameOfMetric } from './report-words.ts';
import { COLUMNS, LIVE_FIGURES } from './task-figures.ts';

const ORDER = ['local', 'federated', 'personal', 'exact', 'cox', 'central'];
const SHOWN_DIFFERENCES = ['logLoss', 'aurocWithin', 'concordanceWithin', 'brierAtHorizon', 'meanAbsoluteError', 'deviance'];

/**
 * @param first - A run whose coefficients are shown; undefined for none.
 * @param task - Whose metrics are the columns.
 */
export function resultTable(comparison: Comparison, first: ComparedRun | undefined, task: Task = taskOf(first)): string {
  const { settings } = comparison;
  const isMany = settings.length > 1;
  const columns = COLUMNS[task];
  const lines = settings.flatMap(({ label, summary }) =>
    labelsInOrder(Object.keys(summary)).map((model) => [
      ...(isMany ? [label] : []),
      model,
      ...columns.map(([name]) => cell(summary[model]?.[name])),
    ]),
  );
  const head = [...(isMany ? ['setting'] : []), 'model', ...columns.map(([, title]) => title)];
  const hasSeeds = settings.some(({ summary }) =>
    Object.values(summary).some((metrics) => Object.values(metrics).some(({ seedSd }) => seedSd !== null)),
  );
  const legend = `(a–b): 95 % interval over ${comparison.resamples} resampled sets of patients${hasSeeds ? '; ± : spread over seeds' : ''}`;
  const parts = [
    align([head, ...lines]),
    legend,
    differenceLines(comparison),
    liveLine(first),
    coefficientTable(first),
    hazardTable(first),
    treatmentTable(first),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

export const taskOf = (run: ComparedRun | undefined): Task => (run === undefined ? 'binary' : primaryOutcome(run.result.plan).task);

export const labelsInOrder = (labels: readonly string[]): string[] => [
  ...ORDER.filter((label) => labels.includes(label)),
  ...labels.filter((label) => !ORDER.includes(label)),
];

const cell = (value: MetricSummary | undefined): string => {
  if (value === undefined) return '–';
  const interval = value.interval === null ? '' : ` (${value.interval.map((end) => end.toFixed(3)).join('–')})`;
  const spread = value.seedSd === null ? '' : ` ±${value.seedSd.toFixed(4)}`;
  return `${value.mean.toFixed(4)}${interval}${spread}`;
};

function differenceLines({ differences, settings }: Comparison): string {
  const shown = differences.filter(({ metric }) => SHOWN_DIFFERENCES.includes(metric));
  if (shown.length === 0) return '';
  const name = ({ setting, model }: Difference['of']) => (settings.length > 1 ? `${setting} ${model}` : model);
  const rows = shown.map(({ metric, of, than, mean, seedSd, interval }) => [
    `${name(of)} − ${name(than)}`,
    Object.values(COLUMNS)
      .flat()
      .find(([key]) => key === metric)?.[1] ?? metric,
    fixed(mean),
    interval === null ? '–' : `${fixed(interval[0])} to ${fixed(interval[1])}`,
    seedSd === null ? '–' : seedSd.toFixed(4),
  ]);
  return align([['paired difference', 'metric', 'mean', 'patients’ interval', 'seeds’ spread'], ...rows]);
}

/** Four decimals; a zero has no sign. */
const fixed = (value: number): string => value.toFixed(4).replace(/^-(0\.0*)$/, '$1');

function liveLine(first: ComparedRun | undefined): string {
  const live = first?.result.models.federated?.pooled;
  if (first === undefined || live === undefined) return '';
  if (typeof live.aurocBinned === 'number')
    return `What a live study sees of the pooled AUROC: ${live.aurocBinned.toFixed(4)} ± ${live.aurocBound?.toFixed(4)}`;
  const outcome = primaryOutcome(first.result.plan);
  const figures = LIVE_FIGURES[outcome.task].flatMap((metric) => {
    const value = live[metric];
    return typeof value === 'number' ? [`${nameOfMetric(metric.replace(/Live$/, ''), outcome)} ${value.toFixed(4)}`] : [];
  });
  return figures.length === 0 ? '' : `What a live study sees of the federated model: ${figures.join('; ')}`;
}

function coefficientTable(first: ComparedRun | undefined): string {
  const rows = first?.result.coefficients ?? [];
  if (rows.length === 0) return '';
  const lines = rows.map(({ name, value, standardError, central }) => [
    name,
    value.toFixed(4),
    standardError === null ? '–' : standardError.toFixed(4),
    (value - central).toExponential(1),
  ]);
  return align([['coefficient', 'federated', 'spread', '− central'], ...lines]);
}

/** Of the Cox model beside a hazard. */
function hazardTable(first: ComparedRun | undefined): string {
  const cox = (first?.result.fits ?? []).find(({ kind }) => kind === 'cox');
  if (cox === undefined) return '';
  const lines = cox.coefficients.map(({ name, value, standardError, interval }) => [
    name,
    Math.exp(value).toFixed(4),
    interval === null ? '–' : interval.map((end) => Math.exp(end).toFixed(4)).join(' to '),
    standardError === null ? '–' : standardError.toFixed(4),
  ]);
  return align([
    ['Cox, per standard deviation', 'hazard ratio', '95 %', cox.ridge > 0 ? 'spread of its log' : 'error of its log'],
    ...lines,
  ]);
}

const treatmentTable = (first: ComparedRun | undefined): string =>
  first?.result.effect == null ? '' : effectTable(first.result.plan, first.result.effect);
