/**
 * Statistics as 64-bit fixed point: sums, counts, gradients and Hessians, exact enough for the pooled fit.
 *
 * Rules: two's complement mod 2^64; each site's entry is at most 2^62 · step / sites, so a sum cannot wrap; a value
 * outside is an error at the site, named by its place and never by its value. Source: docs/protocol.md §4.
 */

/** The default step, in the statistic's own unit. */
export const STATISTICS_STEP = 2 ** -40;

/**
 * Chooses the step of one secure sum from public bounds, so that no site's entry can be refused.
 *
 * @param bound - Largest magnitude any site's entry can have, known before any data: for a count, the most records a site may hold.
 * @param sites - Sites that may be in the sum.
 * @returns `STATISTICS_STEP`, or where that is too fine, the finest power of two at which the bound fits.
 * @throws RangeError on a negative or infinite bound, or fewer than one site.
 * @example statisticsStep(1000, 4) // 2 ** -40
 */
export function statisticsStep(bound: number, sites: number): number {
  if (!(bound >= 0 && bound < Number.POSITIVE_INFINITY)) throw new RangeError(`statisticsStep: expected a bound, got ${bound}`);
  const limit = stepsPerSite('statisticsStep', sites);
  let step = STATISTICS_STEP;
  while (bound / step > limit) step *= 2;
  return step;
}

/**
 * @param values - Any length; finite.
 * @param step - What one integer stands for; positive, the same at all sites. A power of two loses nothing but the rounding.
 * @param sites - Sites in the sum.
 * @returns One entry a value, within step / 2 of it.
 * @throws RangeError on NaN, Infinity, a magnitude above 2^62 · step / sites, or a step or number of sites out of range.
 */
export function encodeStatistics(values: Float64Array, step: number, sites: number): BigUint64Array<ArrayBuffer> {
  requireStep('encodeStatistics', step);
  const limit = stepsPerSite('encodeStatistics', sites);
  const encoded = new BigUint64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const steps = values[index]! / step;
    if (!(Math.abs(steps) <= limit)) throw new RangeError(`encodeStatistics: entry ${index} is not within the bound for ${sites} sites`);
    encoded[index] = BigInt(Math.round(steps)); // the array takes it mod 2^64
  }
  return encoded;
}

/** @param sum - A sum of encoded statistics. @returns One value an entry: the nearest float64 to the integer, times `step`. @throws RangeError on a bad step. */
export function decodeStatistics(sum: BigUint64Array, step: number): Float64Array<ArrayBuffer> {
  requireStep('decodeStatistics', step);
  return Float64Array.from(sum, (entry) => Number(BigInt.asIntN(64, entry)) * step);
}

function stepsPerSite(caller: string, sites: number): number {
  if (!Number.isSafeInteger(sites) || sites < 1) throw new RangeError(`${caller}: expected at least one site, got ${sites}`);
  return 2 ** 62 / sites;
}

function requireStep(caller: string, step: number): void {
  if (!(step > 0 && step < Number.POSITIVE_INFINITY)) throw new RangeError(`${caller}: expected a positive step, got ${step}`);
}
