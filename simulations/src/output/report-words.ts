/** Names of metrics and models as a report says them. */
import type { Outcome } from '@consilium/shared/schema';

const METRIC_NAMES: Readonly<Record<string, string>> = {
  logLoss: 'log-loss',
  brier: 'Brier score',
  accuracy: 'accuracy',
  aurocWithin: 'AUROC within sites',
  aurocWithinMean: 'AUROC within sites, mean of the classes',
  auroc: 'AUROC, all pairs',
  aurocBinned: 'AUROC, all pairs, from a table of scores',
  aurocBound: 'largest error of that table',
  concordanceWithin: 'C within sites',
  concordance: 'C, all pairs',
  concordanceBinned: 'C, all pairs, from a table of scores and times',
  brierAtHorizon: 'Brier score at the horizon',
  integratedBrier: 'integrated Brier score',
  survivalAtHorizon: 'observed share without the event at the horizon',
  meanAbsoluteError: 'mean absolute error',
  rootMeanSquareError: 'root mean squared error',
  meanError: 'mean error',
  rSquared: 'R²',
  coverage95: 'share of values in their 95 % ranges',
  deviance: 'mean deviance',
  observedExpected: 'observed ÷ expected',
  calibrationIntercept: 'calibration intercept',
  calibrationSlope: 'calibration slope',
};
const LIVE = 'Live';
/** Counts, not figures of merit: the report says them elsewhere. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['n', 'events']);

/** `aurocWithin@1Live` is the second class's, as a live study sees it. */
export function nameOfMetric(metric: string, outcome: Outcome): string {
  const isLive = metric.endsWith(LIVE);
  const [name = '', at] = (isLive ? metric.slice(0, -LIVE.length) : metric).split('@');
  const label = at !== undefined && outcome.task === 'multiclass' ? outcome.codes[Number(at)]?.label : undefined;
  const words = METRIC_NAMES[name] ?? name;
  return `${words}${at === undefined ? '' : `, ${label ?? at}`}${isLive ? ' (in a live study)' : ''}`;
}

/** Every metric that a report lists, the headlines' kind first, a live study's last. */
export function metricsInOrder(metrics: readonly string[]): string[] {
  const order = Object.keys(METRIC_NAMES);
  const rank = (metric: string) => {
    const isLive = metric.endsWith(LIVE);
    const at = order.indexOf((isLive ? metric.slice(0, -LIVE.length) : metric).split('@')[0] ?? '');
    return (isLive ? 1000 : 0) + (at < 0 ? order.length : at);
  };
  return [...new Set(metrics)].filter((metric) => !NOT_SHOWN.has(metric)).sort((a, b) => rank(a) - rank(b));
}

const MODEL_NOTES: Readonly<Record<string, string>> = {
  local: 'Local: each site’s own model of its own training rows.',
  federated: 'Federated: the plan’s model, trained by all sites together.',
  personal: 'Personal: the federated model adapted to each site.',
  exact: 'Exact: the regression fitted beside a network.',
  cox: 'Cox: ranks patients by their hazard, with a baseline of each site’s own; it tells no risks.',
  central: 'Central: the plan’s model on all rows in one place, which no hospital could do.',
};

export const modelNote = (model: string): string => MODEL_NOTES[model] ?? '';
