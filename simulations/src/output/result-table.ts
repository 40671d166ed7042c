/** The result of a run as a table people read in a terminal. */

import type { MetricSummary } from '../comparison/summary.ts';
import type { RunOutput } from '../runs/run-once.ts';

const COLUMNS = [
  ['logLoss', 'log-loss'],
  ['accuracy', 'accuracy'],
  ['aurocWithin', 'AUROC within'],
  ['auroc', 'AUROC pooled'],
  ['calibrationSlope', 'slope'],
  ['observedExpected', 'O:E'],
] as const;
const ORDER = ['local', 'federated', 'exact', 'central'];

export function resultTable(runs: readonly RunOutput[], summary: Record<string, Record<string, MetricSummary>>): string {
  const labels = ORDER.filter((label) => label in summary);
  const rows = labels.map((label) => [label, ...COLUMNS.map(([name]) => cell(summary[label]?.[name]))]);
  const table = align([['model', ...COLUMNS.map(([, title]) => title)], ...rows]);
  const live = runs[0]?.result.models.federated?.pooled;
  const binned =
    typeof live?.aurocBinned === 'number'
      ? `\nWhat a live study sees of the pooled AUROC: ${live.aurocBinned.toFixed(4)} ± ${live.aurocBound?.toFixed(4)}`
      : '';
  return `${table}\n${binned}\n${coefficientTable(runs)}`;
}

/** One seed: the patients' interval. Several: the spread over seeds. */
const cell = (value: MetricSummary | undefined): string => {
  if (value === undefined) return '–';
  if (value.seedSd !== null) return `${value.mean.toFixed(4)} ± ${value.seedSd.toFixed(4)}`;
  const interval = value.interval === null ? '' : ` (${value.interval.map((end) => end.toFixed(3)).join('–')})`;
  return `${value.mean.toFixed(4)}${interval}`;
};

function coefficientTable(runs: readonly RunOutput[]): string {
  const rows = runs[0]?.result.coefficients ?? [];
  if (rows.length === 0) return '';
  const lines = rows.map(({ name, value, standardError, central }) => [
    name,
    value.toFixed(4),
    standardError === null ? '–' : standardError.toFixed(4),
    (value - central).toExponential(1),
  ]);
  return `\n${align([['coefficient', 'federated', 'spread', '− central'], ...lines])}`;
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}
