export { type AcrossFigure, acrossFigureNames, acrossFigures, type FigureScale, rarest } from './across-figures.ts';
export {
  type AcrossSites,
  betweenVariance,
  FEWEST_SITES,
  FIRST_PASS_LENGTH,
  firstPass,
  readAcrossSites,
  SECOND_PASS_LENGTH,
  type SiteFigure,
  secondPass,
} from './across-sites.ts';
export {
  CALIBRATION_SUMS_LENGTH,
  type Calibration,
  calibrationStep,
  calibrationSums,
  directCalibration,
  readCalibration,
  startCalibration,
} from './calibration.ts';
export { type CalibrationPoint, calibrationCurve } from './calibration-curve.ts';
export { CONFORMAL_LEVEL, type Conformal, RESIDUAL_BINS, readConformal, residualCounts } from './conformal.ts';
export { histogramAuroc, histogramRoc } from './histogram.ts';
export { type Interval, known, meanInterval, observedExpectedInterval, shareInterval, wilsonInterval } from './intervals.ts';
export { type DirectMetrics, directMetrics } from './metrics.ts';
export { type PairedDifference, pairedAurocDifference, pairedLossDifference } from './paired-gain.ts';
export { headline, horizonRisk, type Predictions, type Truth } from './predictions.ts';
export { judgePromotion, notCompared, type Promotion, type PromotionSums, promotionSums } from './promotion.ts';
export { binaryIntervals, type EvaluationResult, type NetBenefit, readEvaluation } from './read-evaluation.ts';
export { auroc, delongVariance, type PairCounts, pairCounts, type RocPoint, rocCurve } from './roc.ts';
export { MOST_LOSS, rowLosses } from './row-losses.ts';
export {
  adjustedRSquared,
  largestRSquared,
  likelihoodRSquared,
  ratioRSquared,
  type SampleSize,
  sampleSize,
  sampleSizeOfQuantity,
} from './sample-size.ts';
export { largestRSquaredOfClasses, sampleSizeOfClasses } from './sample-size-classes.ts';
export { largestRSquaredOfTimes, sampleSizeOfTimes } from './sample-size-time.ts';
export { type EvaluationOptions, evaluationLength, evaluationNames, siteEvaluation } from './site-evaluation.ts';
export { errorOfMean, mean } from './spread.ts';
export {
  type GroupCell,
  type GroupResult,
  groupCells,
  groupNames,
  hiddenGroups,
  readSubgroups,
  subgroupSums,
  withNeighbour,
} from './subgroups.ts';
export { type ConcordancePairs, concordance, concordancePairs } from './survival/concordance.ts';
export { concordanceVariance } from './survival/concordance-variance.ts';
export { brierSums, integrate } from './survival/ipcw.ts';
export { greenwoodAt, gridSurvival, kaplanMeier, type SurvivalStep, survivalAt } from './survival/kaplan-meier.ts';
export { type CalibrationFit, calibrationFit, fitCalibration, readTaskCalibration } from './task-calibration.ts';
export { type OtherOptions, readTask, taskNames, taskSums } from './tasks/list.ts';
export type { OutcomeShape, SurvivalCurves, TaskOptions, TaskReading } from './tasks/task-evaluation.ts';
