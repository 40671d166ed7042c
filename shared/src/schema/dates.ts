/** Dates as hospitals write them, to days since 1970-01-01. No clock: what is "today" comes from the caller. */

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const PARTS = /^(\d{1,4})([./ -])(\d{1,2})\2(\d{1,4})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[AaPp][Mm])?)?$/;
const NAMED = /^(\d{1,2})[ ./-]*([A-Za-zäûéÄ]{3,10})\.?[ ,./-]*(\d{4}|\d{2})(?:[ T:]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;
const COMPACT = /^(1[89]\d{2}|20\d{2})(\d{2})(\d{2})$/;
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen', 'sty'],
  ['feb', 'fev', 'lut'],
  ['mar', 'mrz', 'mae', 'mär'],
  ['apr', 'avr', 'abr', 'kwi'],
  ['may', 'mai', 'mag', 'maj'],
  ['jun', 'jui', 'giu', 'cze'],
  ['jul', 'lug', 'lip'],
  ['aug', 'aou', 'aoû', 'ago', 'sie'],
  ['sep', 'set', 'wrz'],
  ['oct', 'okt', 'ott', 'paz'],
  ['nov', 'lis'],
  ['dec', 'dez', 'dic', 'déc', 'gru'],
];
/** Two-digit years up to this one are of this century. */
const PIVOT = 29;

/** Whether a text has the form of a date, possible or not. */
export function looksLikeDate(text: string): boolean {
  const match = PARTS.exec(text);
  if (match) {
    const [first, last] = [match[1]!.length, match[4]!.length];
    return first === 4 ? last <= 2 : first <= 2 && (last === 4 || last === 2);
  }
  return COMPACT.test(text) ? isCompactDate(text) : NAMED.test(text) && monthNamed(NAMED.exec(text)![2]!) !== null;
}

function isCompactDate(text: string): boolean {
  const [, , month, day] = COMPACT.exec(text) ?? [];
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

/**
 * Reads a date.
 *
 * @param text - Trimmed; a time of day after it is ignored.
 * @param order - Which comes first where the year does not.
 * @returns The date; `impossible` for one that no calendar has, as 31.02.; null for any other text.
 * @example parseDate('31.02.2020', 'dmy') // "impossible"
 */
export function parseDate(text: string, order: DateOrder): CalendarDate | 'impossible' | null {
  const found = partsOf(text, order);
  if (found === null) return null;
  const { year, month, day } = found;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || year < 1800 || year > 2200) return 'impossible';
  return found;
}

function partsOf(text: string, order: DateOrder): CalendarDate | null {
  const match = PARTS.exec(text);
  if (match) {
    const [first, second, third] = [Number(match[1]), Number(match[3]), Number(match[4])];
    if (match[1]!.length === 4) return match[4]!.length <= 2 ? { year: first, month: second, day: third } : null;
    if (match[1]!.length > 2 || match[4]!.length === 3 || match[4]!.length === 1) return null;
    const year = match[4]!.length === 4 ? third : century(third);
    if (order === 'ymd' && match[4]!.length === 2) return { year: century(first), month: second, day: third };
    return order === 'mdy' ? { year, month: first, day: second } : { year, month: second, day: first };
  }
  const compact = COMPACT.exec(text);
  if (compact) return { year: Number(compact[1]), month: Number(compact[2]), day: Number(compact[3]) };
  const named = NAMED.exec(text);
  if (!named) return null;
  const month = monthNamed(named[2]!);
  const year = Number(named[3]);
  return month === null ? null : { year: named[3]!.length === 2 ? century(year) : year, month, day: Number(named[1]) };
}

const century = (year: number): number => (year <= PIVOT ? 2000 + year : 1900 + year);

function monthNamed(word: string): number | null {
  const start = word.toLowerCase().slice(0, 3);
  const at = MONTHS.findIndex((names) => names.includes(start));
  return at < 0 ? null : at + 1;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * The order of day and month in a column of dates.
 *
 * @param texts - Trimmed cells; those that are no dates are passed over.
 * @returns The order, and whether the cells leave it open (no number above 12 in a first or second place).
 */
export function dateOrderOf(texts: readonly string[]): { readonly order: DateOrder; readonly isOpen: boolean } {
  let [first, second, dots, numeric] = [0, 0, 0, 0];
  for (const text of texts) {
    const match = PARTS.exec(text);
    if (!match || match[1]!.length === 4) continue;
    numeric += 1;
    if (Number(match[1]) > 12) first += 1;
    if (Number(match[3]) > 12) second += 1;
    if (match[2] === '.') dots += 1;
  }
  if (numeric === 0) return { order: 'ymd', isOpen: false };
  if (second > first) return { order: 'mdy', isOpen: false };
  return { order: 'dmy', isOpen: first === 0 && dots === 0 };
}

/** Days since 1970-01-01 in the Gregorian calendar. Source: H. Hinnant, days_from_civil. */
export function dayNumber({ year, month, day }: CalendarDate): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** Whole years from one date to another, as people count their age; negative when the second is earlier. */
export function completedYears(from: CalendarDate, to: CalendarDate): number {
  const isBefore = to.month < from.month || (to.month === from.month && to.day < from.day);
  return to.year - from.year - Number(isBefore);
}
