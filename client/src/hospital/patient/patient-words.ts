/** A patient's values in words, and units as people write them. */
import type { Feature } from '@consilium/shared/schema';
import { formatNumber, say } from '../../messages/index.ts';

/** A feature's value in words: with its unit, or the label of its code. */
export function valueInWords(feature: Feature, value: number): string {
  if (Number.isNaN(value)) return say('patient.unknown');
  if (feature.type !== 'number') return feature.codes[value] === undefined ? say('patient.unknown') : codeInWords(feature.codes[value]);
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1;
  return feature.unit === undefined ? formatNumber(value, digits) : `${formatNumber(value, digits)} ${unitInWords(feature.unit)}`;
}

/** A code's label; the two that a plan has by default in the language of the page. */
export const codeInWords = ({ label }: { readonly label: string }): string =>
  label === 'yes' || label === 'no' ? say(`patient.code.${label}`) : label;

/** UCUM as people write it. */
export const unitInWords = (unit: string): string =>
  isTimeUnit(unit) ? say(`patient.unit.${unit}`) : (UNITS[unit] ?? unit.replaceAll(/[[\]]/g, ''));

/** ` within 365 days`, or with the unit as it is where it is none of the usual ones. */
export const horizonInWords = (count: number, unit: string): string =>
  isTimeUnit(unit) ? say(`patient.horizon.${unit}`, { count }) : say('patient.horizon', { count, unit: unitInWords(unit) });

const TIME_UNITS = ['h', 'd', 'wk', 'mo', 'a'] as const;
const isTimeUnit = (unit: string): unit is (typeof TIME_UNITS)[number] => (TIME_UNITS as readonly string[]).includes(unit);

const UNITS: { readonly [ucum: string]: string } = { 'mm[Hg]': 'mmHg', Cel: '°C', '[degF]': '°F', 'mm[H2O]': 'mmH₂O' };
