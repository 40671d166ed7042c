/** Charts of results, each with a table behind it. */
export { type CalibrationSeries, calibrationChart } from './calibration-chart.ts';
export { coefficientChart } from './coefficient-chart.ts';
export { differenceTable } from './difference-table.ts';
export { effectMessagesPart, harmsPart } from './effect-words.ts';
export { gainsList } from './gains-list.ts';
export { differenceOfHundred, outOfHundred, rangeOfHundred, signedOfHundred } from './hundred-words.ts';
export { iconArray, ofHundred } from './icon-array.ts';
export { instabilityTable } from './instability-table.ts';
export { metricsTable } from './metrics-table.ts';
export { type Column, dataTable } from './plot-figure.ts';
export { modelTitle, pooledResults } from './pooled-results.ts';
export { type Reason, reasonsChart } from './reasons-chart.ts';
export { riskCurve } from './risk-curve.ts';
export { type RocSeries, rocChart } from './roc-chart.ts';
export { ownMeasures, underOwnNames } from './task-measures.ts';
export { type ValueHistogram, valueHistogram } from './value-histogram.ts';
