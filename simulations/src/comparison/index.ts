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
} from './compare.ts';
export { BINARY_METRICS, binaryMetrics, type CountedMetrics } from './counted-metrics.ts';
export { interval95, RESAMPLES, resampleWithinSites } from './resample.ts';
export { type TestRows, testRowsOf } from './test-rows.ts';
