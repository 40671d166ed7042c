/** A patient's numbers and values as sentences. The same denominator everywhere: so many out of 100. */
import type { Feature } from '@consilium/shared/schema';
import { ofHundred } from '../../charts/index.ts';
import { formatNumber, say } from '../../messages/index.ts';

/** @example outOfHundred(0.137) // '14 out of 100' */
export function outOfHundred(risk: number): string {
  if (risk > 0 && risk < 0.005) return say('patient.fewerThanOne');
  if (risk < 1 && risk > 0.995) return say('patient.moreThanNinetyNine');
  return say('patient.outOf', { count: ofHundred(risk) });
}

/** A range of risks as whole numbers out of 100. */
export function rangeOfHundred(low: number, high: number): string {
  return say('patient.range', { low: ofHundred(low), high: ofHundred(high) });
}

/** A difference of risks; without a sign. */
export function differenceOfHundred(difference: number): string {
  const size = Math.abs(difference);
  if (size < 0.005) return say('patient.fewerThanOne');
  return say('patient.outOf', { count: ofHundred(size) });
}

/** A feature's value in words: with its unit, or the label of its code. */
export function valueInWords(feature: Feature, value: number): string {
  if (Number.isNaN(value)) return say('patient.unknown');
  if (feature.type !== 'number') return feature.codes[value]?.label ?? say('patient.unknown');
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1;
  return feature.unit === undefined ? formatNumber(value, digits) : `${formatNumber(value, digits)} ${unitInWords(feature.unit)}`;
}

/** UCUM as people write it. */
export const unitInWords = (unit: string): string =>
  unit === 'a' || unit === 'd' ? say(`patient.unit.${unit}`) : (UNITS[unit] ?? unit.replaceAll(/[[\]]/g, ''));

const UNITS: { readonly [ucum: string]: string } = { 'mm[Hg]': 'mmHg', Cel: '°C', '[degF]': '°F', 'mm[H2O]': 'mmH₂O' };
