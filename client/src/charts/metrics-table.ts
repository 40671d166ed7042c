/** Models beside each other, one measure a line. */
import type { TemplateResult } from 'lit';
import { formatNumber, say } from '../messages/index.ts';
import { dataTable } from './plot-figure.ts';
import { measureTitle } from './task-measures.ts';

export interface MetricsColumn {
  readonly title: string;
  readonly metrics: { readonly [name: string]: unknown };
}

/**
 * @param caption - What the table is about; read to those who do not see it.
 * @param names - Which measures, in order.
 * @param columns - One for each model; what is not a number shows as a dash.
 * @param classes - Labels of the outcome's classes, where it has some.
 */
export function metricsTable(
  caption: string,
  names: readonly string[],
  columns: readonly MetricsColumn[],
  classes: readonly string[] = [],
): TemplateResult {
  return dataTable(
    caption,
    [
      { title: say('results.metric'), value: (name: string) => measureTitle(name, classes) },
      ...columns.map(({ title, metrics }) => ({ title, numeric: true, value: (name: string) => textOf(metrics, name) })),
    ],
    names,
  );
}

function textOf(metrics: MetricsColumn['metrics'], name: string): string {
  const value = metrics[name];
  const text = formatNumber(typeof value === 'number' ? value : null);
  const bound = name.startsWith('aurocBinned') ? metrics[name.replace('aurocBinned', 'aurocBound')] : null;
  if (typeof bound === 'number') return `${text} ± ${formatNumber(bound)}`;
  const interval = intervalsOf(metrics)[name];
  return interval === undefined ? text : `${text} (${formatNumber(interval[0])} – ${formatNumber(interval[1])})`;
}

/** 95 % intervals by measure, of those that have one. */
const intervalsOf = ({ intervals }: MetricsColumn['metrics']): { readonly [name: string]: readonly [number, number] } =>
  typeof intervals === 'object' && intervals !== null ? (intervals as { readonly [name: string]: readonly [number, number] }) : {};
