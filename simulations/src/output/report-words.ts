/** Names of metrics and models as a report says them. */

export const METRIC_NAMES: Readonly<Record<string, string>> = {
  logLoss: 'log-loss',
  brier: 'Brier score',
  accuracy: 'accuracy',
  aurocWithin: 'AUROC within sites',
  auroc: 'AUROC, all pairs',
  observedExpected: 'observed ÷ expected',
  calibrationIntercept: 'calibration intercept',
  calibrationSlope: 'calibration slope',
  cIndexWithin: 'C within sites',
  cIndex: 'C, all pairs',
  integratedBrier: 'integrated Brier score',
  rmse: 'root mean squared error',
  mae: 'mean absolute error',
  r2: 'R²',
};

export const nameOfMetric = (metric: string): string => METRIC_NAMES[metric] ?? metric;

const MODEL_NOTES: Readonly<Record<string, string>> = {
  local: 'Local: each site’s own model of its own training rows.',
  federated: 'Federated: the plan’s model, trained by all sites together.',
  personal: 'Personal: the federated model adapted to each site.',
  exact: 'Exact: the regression fitted beside a network.',
  central: 'Central: the plan’s model on all rows in one place, which no hospital could do.',
};

export const modelNote = (model: string): string => MODEL_NOTES[model] ?? '';
