/**
 * Counts of patients in bands: the only patient-derived numbers that leave a site unmasked.
 */
import * as z from 'zod';

const LOWER_BOUNDS = [0, 1, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10000] as const;

/** The closed list of bands, from '0' to '10000 or more'. */
export const BANDS = [
  '0',
  '1-9',
  '10-49',
  '50-99',
  '100-199',
  '200-499',
  '500-999',
  '1000-1999',
  '2000-4999',
  '5000-9999',
  '10000 or more',
] as const;

export type Band = (typeof BANDS)[number];

/** Schema of a band in a message. */
export const bandSchema = z.enum(BANDS);

/**
 * The band a count falls into.
 *
 * @param count - A number of records, at least 0.
 * @throws RangeError unless the count is a non-negative integer.
 * @example bandOf(303) // '200-499'
 */
export function bandOf(count: number): Band {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('bandOf: expected a non-negative integer');
  return BANDS[LOWER_BOUNDS.findLastIndex((bound) => count >= bound)] as Band;
}
