/** Settings and seeds beside one another. */
export {
  type ComparedRun,
  type Comparison,
  compareSettings,
  type Difference,
  labelsOf,
  type MetricSummary,
  type ModelOfSetting,
  type SettingRuns,
  type Summary,
  sameOutcome,
} from './compare.ts';
export { CLASS_METRICS, COUNT_METRICS, classMetrics, countMetrics, REGRESSION_METRICS, regressionMetrics } from './counted-amounts.ts';
export { BINARY_METRICS, binaryMetrics, type CountedMetrics } from './counted-metrics.ts';
export { SURVIVAL_METRICS, survivalMetrics } from './counted-survival.ts';
export { metricsOfTask, type TaskMetrics } from './metrics-of-task.ts';
export { interval95, RESAMPLES, resampleWithinSites } from './resample.ts';
export { type TestRows, testRowsOf } from './test-rows.ts';
