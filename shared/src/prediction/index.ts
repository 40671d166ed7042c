/** Public names of `prediction`: what a clinician is told of one patient. */
export type {
  Forecast,
  ForecastAnswer,
  ForecastReason,
  ForecastRefusal,
  ForecastUncertainty,
  PatientValues,
  QuantityForecast,
  SiteForecast,
} from './forecast.ts';
export { integratedGradients } from './integrated-gradients.ts';
export { type ModelForecast, modelForecast } from './model-forecast.ts';
export { patientForecast } from './patient-forecast.ts';
export { refusalsOf } from './refusals.ts';
