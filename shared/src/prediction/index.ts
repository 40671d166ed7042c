/** Public names of `prediction`: what a clinician is told of one patient. */
export type {
  Forecast,
  ForecastAnswer,
  ForecastReason,
  ForecastRefusal,
  ForecastUncertainty,
  PatientValues,
} from './forecast.ts';
export { integratedGradients, patientForecast } from './patient-forecast.ts';
export { refusalsOf } from './refusals.ts';
