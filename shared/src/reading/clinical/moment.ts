/** Dates of clinical files as seconds since 1970 in UTC, without the clock or the zone of the machine. Source: ISO 8601; H. Hinnant, days_from_civil. */

const DATE = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * @param text - ISO, or the digits alone; a month or a year stands for its first day.
 * @returns Seconds, or null for what is no date.
 * @example secondsOf('1970-01-02T01:00:00+01:00') // 86400
 */
export function secondsOf(text: string): number | null {
  const match = DATE.exec(text.trim());
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((part) =>
    Number(match[part] ?? (part === 2 || part === 3 ? 1 : 0)),
  );
  if (!(month! >= 1 && month! <= 12) || !(day! >= 1 && day! <= DAYS_OF_MONTH[month! - 1]!) || hour! > 24 || minute! > 59) return null;
  const zone = match[7] === undefined || match[7] === 'Z' ? 0 : zoneSeconds(match[7]);
  return daysFromCivil(year!, month!, day!) * 86_400 + hour! * 3600 + minute! * 60 + second! - zone;
}

function zoneSeconds(zone: string): number {
  const digits = zone.replace(':', '');
  const size = Number(digits.slice(1, 3)) * 3600 + Number(digits.slice(3, 5)) * 60;
  return digits.startsWith('-') ? -size : size;
}

/** Days since 1970-01-01. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** The calendar day of a date as days since 1970, by the date as written: the zone does not move it. */
export function dayOf(text: string): number | null {
  const seconds = secondsOf(
    text
      .trim()
      .slice(0, 10)
      .replace(/[T ].*$/, ''),
  );
  return seconds === null ? null : Math.floor(seconds / 86_400);
}

/** Completed years from one date to another; null where one is unknown. */
export function yearsBetween(from: string, to: string): string | null {
  const [a, b] = [from, to].map((text) => /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?/.exec(text.trim()));
  if (!a || !b) return null;
  const years = Number(b[1]) - Number(a[1]);
  const isBefore = Number(b[2] ?? 1) * 100 + Number(b[3] ?? 1) < Number(a[2] ?? 1) * 100 + Number(a[3] ?? 1);
  return String(years - (isBefore ? 1 : 0));
}
