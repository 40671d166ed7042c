/** What one cell of a mapped column becomes: a value, missing (NaN), or the reason why it is refused. */
import type { RawTable } from '../reading/index.ts';
import { codeKey, isMissingText } from './cells.ts';
import { SchemaError } from './checked-table.ts';
import { type CalendarDate, completedYears, dateOrderOf, dayNumber, parseDate } from './dates.ts';
import type { Feature } from './dictionary.ts';
import type { Mapping } from './mapping.ts';
import { cellNumber, splitMeasured } from './measured.ts';
import { type Conversion, conversionBetween, convert, quantityOf } from './quantities.ts';
import { cellText, evenRows } from './raw-access.ts';
import type { Source } from './sources.ts';
import { planUnit } from './unit-detective.ts';
import { normalizeUnit } from './units.ts';

export type CellReader = (text: string, row: number) => number | string;

export const NOT_A_NUMBER = 'not a number';
/** Reasons of dates that cannot be; the report names them (quality-dates.ts). */
export const IN_FUTURE = 'a date in the future';
export const OUT_OF_ORDER = 'the later date is before the earlier one';
/** A cell of an outcome that cannot be read, and why. */
export interface RefusedCell {
  readonly reason: string;
}
type Decimal = '.' | ',' | null;

/** Whether a text stands for "missing" in a mapped column. */
function missingIn(source: Source, codes: readonly string[], decimal: '.' | ','): (text: string) => boolean {
  const missing = new Set([...codes, ...source.mapping.missing]);
  return (text) => isMissingText(text) || (missing.size > 0 && missing.has(codeKey(text, decimal)));
}

/** The file's texts for codes, as they are compared. */
function translation({ mapping }: Source, decimal: '.' | ','): (text: string) => string {
  if (mapping.codes.length === 0) return (text) => text;
  const exact = new Map(mapping.codes.map(({ from, to }) => [from.trim().normalize('NFC'), to]));
  const folded = new Map(mapping.codes.map(({ from, to }) => [codeKey(from, decimal).toLowerCase(), to]));
  return (text) => exact.get(text) ?? folded.get(codeKey(text, decimal).toLowerCase()) ?? text;
}

/** What brings the file's numbers to the plan's unit; null where nothing has to be done. */
export function conversionOf(feature: Feature, source: Source): Conversion | null {
  const from = source.mapping.unit;
  if (feature.type !== 'number' || from === null || source.untilAt !== null) return null;
  const quantity = quantityOf(feature);
  const to = planUnit(feature, quantity);
  const known = normalizeUnit(from) ?? from;
  if (known === to || from === feature.unit) return null;
  const conversion = to === null ? null : conversionBetween(known, to, quantity);
  if (conversion !== null) return conversion;
  throw new SchemaError(
    'unknown-unit',
    `${feature.label}: nothing is known that turns ${from} into ${feature.unit ?? 'the unit of the plan'}.`,
    [source.mapping.column],
  );
}

/**
 * Reads a number, before the plan's range is applied.
 *
 * @param today - No date can be later; null: any can.
 * @returns A value in the plan's unit; a cell that names its own unit is converted from that.
 */
export function numberReader(
  raw: RawTable,
  feature: Feature,
  source: Source,
  mapping: Mapping | null,
  today: CalendarDate | null = null,
): CellReader {
  if (source.untilAt !== null) return timeReader(raw, feature, source, mapping, today);
  const decimal: Decimal = mapping?.decimal ?? null;
  const isMissing = missingIn(source, feature.missing, decimal ?? raw.decimal);
  const conversion = conversionOf(feature, source);
  const quantity = quantityOf(feature);
  const unit = feature.type === 'number' ? planUnit(feature, quantity) : null;
  const own = new Map<string, Conversion | null>();
  const translate = translation(source, decimal ?? raw.decimal);
  return (written) => {
    if (isMissing(written)) return Number.NaN;
    const text = translate(written);
    const value = cellNumber(raw, source.at, text, decimal);
    if (value !== null) return conversion === null ? value : convert(conversion, value);
    if (/^[<>≤≥]/.test(text)) return 'a limit, not a number';
    const measured = splitMeasured(text);
    if (measured === null || unit === null) return NOT_A_NUMBER;
    if (!own.has(measured.unit)) own.set(measured.unit, conversionBetween(measured.unit, unit, quantity));
    const change = own.get(measured.unit);
    const number = cellNumber(raw, source.at, measured.number, decimal);
    if (number === null) return NOT_A_NUMBER;
    return change ? convert(change, number) : `in a unit that cannot become ${feature.unit ?? unit}`;
  };
}

/** The time from one date to another: an age from a date of birth and a visit, or a follow-up. */
function timeReader(
  raw: RawTable,
  feature: { readonly label: string; readonly unit?: string | undefined },
  source: Source,
  mapping: Mapping | null,
  today: CalendarDate | null,
): CellReader {
  const untilAt = source.untilAt ?? source.at;
  const unit = normalizeUnit(feature.unit ?? 'a') ?? 'a';
  const perDay = conversionBetween('d', unit, null);
  if (perDay === null)
    throw new SchemaError('unknown-unit', `${feature.label}: a time cannot be given in ${unit}.`, [source.mapping.column]);
  const [from, until] = [dateReader(raw, source.at, mapping), dateReader(raw, untilAt, mapping)];
  return (text, row) => {
    const later = cellText(raw, row, untilAt);
    if (isMissingText(text) || isMissingText(later)) return Number.NaN;
    const [first, second] = [from(text), until(later)];
    if (typeof first === 'string') return first;
    if (typeof second === 'string') return second;
    if (today !== null && Math.max(dayNumber(first), dayNumber(second)) > dayNumber(today)) return IN_FUTURE;
    if (dayNumber(second) < dayNumber(first)) return OUT_OF_ORDER;
    return unit === 'a' ? completedYears(first, second) : convert(perDay, dayNumber(second) - dayNumber(first));
  };
}

/** Dates of one column, their order judged by the whole column. */
export function dateReader(raw: RawTable, at: number, mapping: Mapping | null): (text: string) => CalendarDate | string {
  const order = mapping?.dates ?? dateOrderOf(evenRows(raw, 5000).map((row) => cellText(raw, row, at))).order;
  return (text) => {
    const date = parseDate(text, order);
    if (date === null) return 'not a date';
    return date === 'impossible' ? 'no such date' : date;
  };
}

/** Reads a code to its position in the plan's list. A declared code wins over a text that would mean "missing" elsewhere. */
export function codeReader(
  raw: RawTable,
  feature: Exclude<Feature, { type: 'number' }>,
  source: Source,
  mapping: Mapping | null,
): CellReader {
  const decimal = mapping?.decimal ?? raw.decimal;
  const isMissing = missingIn(source, feature.missing, decimal);
  const positions = new Map(feature.codes.map(({ code }, index) => [code, index]));
  const translate = translation(source, decimal);
  const unknown = `not one of the codes ${feature.codes.map(({ code }) => code).join(', ')}`;
  const ownMissing = new Set(source.mapping.missing);
  const read = (text: string): number | string => {
    if (ownMissing.has(codeKey(text, decimal))) return Number.NaN;
    const to = translate(text);
    return positions.get(codeKey(to, decimal)) ?? (isMissing(text) ? Number.NaN : unknown);
  };
  const remembered = new Map<string, number | string>();
  return (text) => {
    let value = remembered.get(text);
    if (value === undefined) {
      value = read(text);
      if (remembered.size < 1000) remembered.set(text, value);
    }
    return value;
  };
}

/**
 * What an outcome's cell says in the plan's own words: codes translated, numbers with a point and in the plan's unit, '' where missing.
 *
 * @param unit - The outcome's unit in UCUM, where it has one.
 */
export function outcomeCell(
  raw: RawTable,
  source: Source,
  mapping: Mapping | null,
  unit: string | null,
  today: CalendarDate | null = null,
): (text: string, row: number) => string | RefusedCell {
  const decimal = mapping?.decimal ?? raw.decimal;
  const isMissing = missingIn(source, [], decimal);
  const translate = translation(source, decimal);
  if (source.untilAt !== null) {
    const read = timeReader(raw, { label: 'The outcome', unit: unit ?? 'd' }, source, mapping, today);
    return (text, row) => {
      const value = read(text, row);
      return typeof value === 'string' ? { reason: value } : Number.isNaN(value) ? '' : String(value);
    };
  }
  const from = source.mapping.unit === null ? null : normalizeUnit(source.mapping.unit);
  const conversion = from === null || unit === null ? null : conversionBetween(from, normalizeUnit(unit) ?? unit, null);
  return (text) => {
    if (isMissing(text)) return '';
    const to = translate(text);
    const value = cellNumber(raw, source.at, to, mapping?.decimal ?? null);
    if (value === null) return to;
    return String(conversion === null ? value : convert(conversion, value));
  };
}
