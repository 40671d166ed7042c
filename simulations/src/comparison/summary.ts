/** Several seeds as one: mean, spread over seeds, and the patients' bootstrap, as three separate keys. */
import { randomStream, sha256 } from '@consilium/shared/crypto';
import { type Prediction, plainMetrics } from '../runs/metrics.ts';
import type { RunOutput } from '../runs/run-once.ts';

export interface MetricSummary {
  readonly mean: number;
  /** Standard deviation over seeds; null for one seed. */
  readonly seedSd: number | null;
  /** 95 % interval over resampled patients of each site, first seed; null where a metric is undefined. */
  readonly interval: readonly [number, number] | null;
}

const RESAMPLES = 1000;
const INTERVAL_METRICS = ['logLoss', 'brier', 'accuracy', 'observedExpected', 'auroc', 'aurocWithin'] as const;

export function summarize(runs: readonly RunOutput[]): Record<string, Record<string, MetricSummary>> {
  const first = runs[0];
  if (first === undefined) return {};
  const labels = Object.keys(first.result.models);
  const intervals = bootstrap(first.predictions, labels);
  return Object.fromEntries(
    labels.map((label) => {
      const names = Object.keys(first.result.models[label]?.pooled ?? {});
      const rows = names.flatMap((name): [string, MetricSummary][] => {
        const values = runs
          .map((run) => run.result.models[label]?.pooled[name])
          .filter((value): value is number => typeof value === 'number');
        if (values.length === 0) return [];
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
        return [[name, { mean, seedSd: values.length > 1 ? spread : null, interval: intervals[label]?.[name] ?? null }]];
      });
      return [label, Object.fromEntries(rows)];
    }),
  );
}

/** Patients are resampled within their site, the same ones for every model. */
function bootstrap(predictions: readonly Prediction[], labels: readonly string[]) {
  const test = predictions.filter((item) => item.set === 'test');
  const sites = [...new Set(test.map((item) => item.site))].map((site) => test.filter((item) => item.site === site));
  const { below } = randomStream(sha256(new TextEncoder().encode('bootstrap')));
  const draws: Record<string, Record<string, number[]>> = {};
  for (let i = 0; i < RESAMPLES; i++) {
    const sample = sites.flatMap((rows) => rows.map(() => rows[below(rows.length)]).filter((item) => item !== undefined));
    for (const label of labels) {
      const pooled = plainMetrics(sample, label);
      for (const name of INTERVAL_METRICS) {
        const value = pooled[name];
        if (typeof value !== 'number') continue;
        const byName = (draws[label] ??= {});
        (byName[name] ??= []).push(value);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(draws).map(([label, byName]) => [
      label,
      Object.fromEntries(Object.entries(byName).map(([name, values]) => [name, percentiles(values)])),
    ]),
  );
}

function percentiles(values: readonly number[]): [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
