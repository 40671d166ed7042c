/** Public names of `prediction`: what a clinician is told of one patient. */
export { featureReasons, likeliestTwo } from './feature-reasons.ts';
export type {
  ClassesForecast,
  CountForecast,
  Forecast,
  ForecastAnswer,
  ForecastNumber,
  ForecastReason,
  ForecastRefusal,
  ForecastUncertainty,
  PatientValues,
  QuantityForecast,
  SiteForecast,
  ValueForecast,
} from './forecast.ts';
export { integratedGradients } from './integrated-gradients.ts';
export { modelForecast } from './model-forecast.ts';
export { patientForecast } from './patient-forecast.ts';
export { refusalsOf } from './refusals.ts';
export { changedRisk, type WhatIf, whatIfs } from './what-if.ts';
