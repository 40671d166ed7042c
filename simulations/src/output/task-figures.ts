/** Which figures of a task stand first: in the report's charts, at each site, and as columns in a terminal. */
import type { Task } from '@consilium/shared/schema';

export interface Headline {
  readonly metric: string;
  /** On which side of 0 a difference favours the first of two models. */
  readonly better: 'below' | 'above';
}

export const HEADLINES: Readonly<Record<Task, readonly Headline[]>> = {
  binary: [
    { metric: 'logLoss', better: 'below' },
    { metric: 'aurocWithin', better: 'above' },
  ],
  multiclass: [
    { metric: 'logLoss', better: 'below' },
    { metric: 'accuracy', better: 'above' },
  ],
  regression: [
    { metric: 'meanAbsoluteError', better: 'below' },
    { metric: 'rSquared', better: 'above' },
  ],
  count: [
    { metric: 'deviance', better: 'below' },
    { metric: 'meanAbsoluteError', better: 'below' },
  ],
  'time-to-event': [
    { metric: 'concordanceWithin', better: 'above' },
    { metric: 'brierAtHorizon', better: 'below' },
  ],
};

/** What is drawn of each site. */
export const SITE_FIGURES: Readonly<Record<Task, readonly string[]>> = {
  binary: ['logLoss', 'auroc'],
  multiclass: ['logLoss', 'accuracy'],
  regression: ['meanAbsoluteError', 'rSquared'],
  count: ['deviance', 'meanAbsoluteError'],
  'time-to-event': ['concordanceWithin', 'brierAtHorizon'],
};

export const COLUMNS: Readonly<Record<Task, readonly (readonly [string, string])[]>> = {
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
    ['aurocWithinMean', 'AUROC within'],
  ],
  regression: [
    ['meanAbsoluteError', 'MAE'],
    ['rootMeanSquareError', 'RMSE'],
    ['rSquared', 'R²'],
    ['coverage95', 'coverage'],
  ],
  count: [
    ['meanAbsoluteError', 'MAE'],
    ['deviance', 'deviance'],
    ['observedExpected', 'O:E'],
  ],
  'time-to-event': [
    ['concordanceWithin', 'C within'],
    ['concordance', 'C pooled'],
    ['brierAtHorizon', 'Brier at horizon'],
    ['integratedBrier', 'Brier, integrated'],
    ['observedExpected', 'O:E'],
  ],
};

/** What a live study of the task sees, in a line below the table. */
export const LIVE_FIGURES: Readonly<Record<Task, readonly string[]>> = {
  binary: [],
  multiclass: ['logLossLive', 'aurocWithinMeanLive', 'calibrationSlopeLive'],
  regression: ['meanAbsoluteErrorLive', 'coverage95Live', 'calibrationSlopeLive'],
  count: ['devianceLive', 'observedExpectedLive', 'calibrationSlopeLive'],
  'time-to-event': ['concordanceWithinLive', 'concordanceBinnedLive', 'integratedBrierLive', 'calibrationSlopeLive'],
};
