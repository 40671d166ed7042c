/** Risks and differences of risks as sentences. The same denominator everywhere: so many out of 100. */
import { formatNumber, say } from '../messages/index.ts';
import { ofHundred } from './icon-array.ts';

/** @example outOfHundred(0.137) // '14 out of 100' */
export function outOfHundred(risk: number): string {
  if (risk > 0 && risk < 0.005) return say('patient.fewerThanOne');
  if (risk < 1 && risk > 0.995) return say('patient.moreThanNinetyNine');
  return say('patient.outOf', { count: ofHundred(risk) });
}

/** A range of risks as whole numbers out of 100; one that would read "0 to 0" or "100 to 100" is put in words. */
export function rangeOfHundred(low: number, high: number): string {
  if (high < 0.005) return say('patient.fewerThanOne');
  if (low > 0.995) return say('patient.moreThanNinetyNine');
  return say('patient.range', { low: ofHundred(low), high: ofHundred(high) });
}

/** A difference of risks; without a sign. */
export function differenceOfHundred(difference: number): string {
  const size = Math.abs(difference);
  if (size < 0.005) return say('patient.fewerThanOne');
  return say('patient.outOf', { count: ofHundred(size) });
}

/** A difference of risks out of 100, to a tenth and with its sign: an interval may reach below 0. */
export const signedOfHundred = (difference: number): string =>
  `${difference < 0 ? '\u2212' : '+'}${formatNumber(100 * Math.abs(difference), 1)}`;
