/** The metrics that a comparison resamples, by the task of the plan; and by which of them a sweep ranks. */
import { type Plan, primaryOutcome } from '@consilium/shared/study';
import type { Prediction } from '../runs/metrics.ts';
import { CLASS_METRICS, COUNT_METRICS, classMetrics, countMetrics, REGRESSION_METRICS, regressionMetrics } from './counted-amounts.ts';
import { BINARY_METRICS, binaryMetrics, type CountedMetrics } from './counted-metrics.ts';
import { SURVIVAL_METRICS, survivalMetrics } from './counted-survival.ts';
import type { TestRows } from './test-rows.ts';

export interface TaskMetrics {
  readonly names: readonly string[];
  /** What a sweep chooses by, on validation rows: its name, and whether less is better. */
  readonly rank: { readonly metric: string; readonly isLossLike: boolean };
  of(rows: TestRows, predictions: readonly Prediction[], model: string): CountedMetrics;
}

export function metricsOfTask(plan: Plan): TaskMetrics {
  const outcome = primaryOutcome(plan);
  const loss = (metric: string) => ({ metric, isLossLike: true });
  switch (outcome.task) {
    case 'binary':
      return { names: BINARY_METRICS, rank: loss('logLoss'), of: (rows, own, model) => binaryMetrics(rows, rows.scoresOf(own, model)) };
    case 'regression':
      return {
        names: REGRESSION_METRICS,
        rank: loss('rootMeanSquareError'),
        of: (rows, own, model) => regressionMetrics(rows, rows.scoresOf(own, model)),
      };
    case 'count':
      return { names: COUNT_METRICS, rank: loss('deviance'), of: (rows, own, model) => countMetrics(rows, rows.scoresOf(own, model)) };
    case 'multiclass':
      return {
        names: CLASS_METRICS,
        rank: loss('logLoss'),
        of: (rows, own, model) => classMetrics(rows, rows.scoresOf(own, model), rows.classesOf(own, model, outcome.codes.length)),
      };
    case 'time-to-event':
      return {
        names: SURVIVAL_METRICS,
        // A ranking has no Brier score; its concordance is what every model of a sweep has.
        rank: { metric: 'concordanceWithin', isLossLike: false },
        of: (rows, own, model) => {
          const scores = rows.scoresOf(own, model);
          // A Cox model ranks: its log hazard ratios are no risks.
          const isRisk = model !== 'cox' && scores.every((value) => Number.isNaN(value) || (value >= 0 && value <= 1));
          return survivalMetrics(rows, scores, outcome.horizon, isRisk);
        },
      };
  }
}
