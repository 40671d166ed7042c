/**
 * Whether there are enough patients for a prediction model of a time to an event: criteria of Riley, from events and follow-up alone.
 * Source: Riley et al. 2019, "Minimum sample size for developing a multivariable prediction model: part II" (Statistics in Medicine 38:1276);
 * the null likelihood without units of time, as corrected by the authors.
 */
import { OPTIMISM, type SampleSize, SHRINKAGE } from './sample-size.ts';

export interface TimeQuestion {
  readonly parameters: number;
  /** Events a patient has on average over the mean follow-up: events over patients, in (0, 1]. */
  readonly eventsPerPatient: number;
  /** The horizon of the prediction over the mean follow-up, above 0. */
  readonly horizonInFollowUps: number;
  /** Cox and Snell's R², in (0, its maximum). */
  readonly rSquared: number;
}

/** The largest Cox-Snell R² with so many events a patient. */
export const largestRSquaredOfTimes = (eventsPerPatient: number): number =>
  1 - Math.exp(2 * eventsPerPatient * (Math.log(eventsPerPatient) - 1));

/**
 * Rows that are needed. `overallRisk`: the risk by the horizon known to ± 0.05 above and below, of an exponential model.
 *
 * @throws RangeError when something is out of range.
 * @example sampleSizeOfTimes({ parameters: 25, eventsPerPatient: 0.065 * 2.07, horizonInFollowUps: 2 / 2.07, rSquared: 0.051 }).rows // 4286
 */
export function sampleSizeOfTimes({ parameters, eventsPerPatient, horizonInFollowUps, rSquared }: TimeQuestion): SampleSize {
  if (!(eventsPerPatient > 0 && eventsPerPatient <= 1)) {
    throw new RangeError(`sampleSizeOfTimes: expected events per patient in (0, 1], got ${eventsPerPatient}`);
  }
  if (!(horizonInFollowUps > 0)) throw new RangeError(`sampleSizeOfTimes: expected a horizon above 0, got ${horizonInFollowUps}`);
  const most = largestRSquaredOfTimes(eventsPerPatient);
  if (!(rSquared > 0 && rSquared < most))
    throw new RangeError(`sampleSizeOfTimes: expected an R² in (0, ${most.toFixed(3)}), got ${rSquared}`);
  const rowsFor = (shrinkage: number) => Math.ceil(parameters / ((shrinkage - 1) * Math.log(1 - rSquared / shrinkage)));
  const shrinkage = rowsFor(SHRINKAGE);
  const optimism = rowsFor(rSquared / (rSquared + OPTIMISM * most));
  // The rate's standard error is √(rate / follow-up); below, where the curve is steeper, the interval is wider.
  const risk = (events: number): number => -Math.expm1(-Math.max(0, events) * horizonInFollowUps);
  const error = (rows: number): number => 1.959963984540054 * Math.sqrt(eventsPerPatient / rows);
  const width = (rows: number): number => {
    const at = risk(eventsPerPatient);
    return Math.max(risk(eventsPerPatient + error(rows)) - at, at - risk(eventsPerPatient - error(rows)));
  };
  const overallRisk = fewest((rows) => width(rows) <= 0.05);
  const rows = Math.max(shrinkage, optimism, overallRisk);
  return { shrinkage, optimism, overallRisk, rows, events: Math.ceil(rows * eventsPerPatient) };
}

/** The fewest rows that are enough, where more never are too few. */
function fewest(isEnough: (rows: number) => boolean): number {
  let high = 1;
  while (!isEnough(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
