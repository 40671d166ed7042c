/** The result of a run as tables people read in a terminal. */
import type { Task } from '@consilium/shared/schema';
import { primaryOutcome } from '@consilium/shared/study';
import type { ComparedRun, Comparison, Difference, MetricSummary } from '../comparison/index.ts';
import { align } from './align.ts';

const COLUMNS: Readonly<Record<Task, readonly (readonly [string, string])[]>> = {
  binary: [
    ['logLoss', 'log-loss'],
    ['accuracy', 'accuracy'],
    ['aurocWithin', 'AUROC within'],
    ['auroc', 'AUROC pooled'],
    ['calibrationSlope', 'slope'],
    ['observedExpected', 'O:E'],
  ],
  multiclass: [
    ['logLoss', 'log-loss'],
    ['accuracy', 'accuracy'],
    ['brier', 'Brier'],
    ['aurocWithinMeanLive', 'AUROC within, live'],
  ],
  regression: [
    ['meanAbsoluteError', 'MAE'],
    ['rSquared', 'R²'],
    ['coverage95', 'coverage'],
    ['calibrationSlopeLive', 'slope, live'],
  ],
  count: [
    ['meanAbsoluteError', 'MAE'],
    ['deviance', 'deviance'],
    ['observedExpected', 'O:E'],
    ['calibrationSlopeLive', 'slope, live'],
  ],
  'time-to-event': [
    ['concordanceWithin', 'C within'],
    ['concordance', 'C pooled'],
    ['concordanceWithinLive', 'C within, live'],
    ['concordanceBinnedLive', 'C pooled, live'],
    ['brierAtHorizon', 'Brier at horizon'],
    ['integratedBrier', 'Brier'],
    ['integratedBrierLive', 'Brier, live'],
    ['observedExpected', 'O:E'],
  ],
};
const ORDER = ['local', 'federated', 'personal', 'exact', 'central'];
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
  const parts = [align([head, ...lines]), legend, differenceLines(comparison), liveLine(first), coefficientTable(first)];
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
    mean.toFixed(4),
    interval === null ? '–' : `${interval[0].toFixed(4)} to ${interval[1].toFixed(4)}`,
    seedSd === null ? '–' : seedSd.toFixed(4),
  ]);
  return align([['paired difference', 'metric', 'mean', 'patients’ interval', 'seeds’ spread'], ...rows]);
}

function liveLine(first: ComparedRun | undefined): string {
  const live = first?.result.models.federated?.pooled;
  if (typeof live?.aurocBinned !== 'number') return '';
  return `What a live study sees of the pooled AUROC: ${live.aurocBinned.toFixed(4)} ± ${live.aurocBound?.toFixed(4)}`;
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
