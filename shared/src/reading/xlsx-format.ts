/**
 * A cell's number as the text a person sees: dates as dates (ISO, so that day and month cannot be confused), leading zeros kept, no digits
 * that only the binary form has. Source: ECMA-376 part 1, 18.8.30 (numFmt) and 18.17.4.1 (dates as serial numbers).
 */

export type CellFormat =
  | { readonly kind: 'number' }
  | { readonly kind: 'date'; readonly hasTime: boolean; readonly hasDay: boolean }
  | { readonly kind: 'zeros'; readonly digits: number };

const NUMBER: CellFormat = { kind: 'number' };

/** What a number format shows, from its id and, where the workbook defines it, its code. */
export function formatOf(id: number, code: string | undefined): CellFormat {
  if (code === undefined) {
    if (id === 22) return { kind: 'date', hasTime: true, hasDay: true };
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58))
      return { kind: 'date', hasTime: false, hasDay: true };
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return { kind: 'date', hasTime: true, hasDay: false };
    return NUMBER;
  }
  if (/^0{2,20}$/.test(code)) return { kind: 'zeros', digits: code.length };
  const bare = code
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]!
    .toLowerCase();
  if (bare.includes('general') || !/[dyhsm]/.test(bare) || /[#0?]{2,}(?![^.]*s)/.test(bare.replace(/\.0+/g, ''))) return NUMBER;
  const hasTime = /[hs]/.test(bare);
  const hasDay = /[dy]/.test(bare) || !hasTime;
  return { kind: 'date', hasTime, hasDay };
}

/**
 * @param text - The stored value.
 * @param is1904 - Whether days are counted from 1904.
 * @returns The text; the stored one if it is no number.
 * @example numberText('45352', { kind: 'date', hasTime: false, hasDay: true }, false) // "2024-03-01"
 */
export function numberText(text: string, format: CellFormat, is1904: boolean): string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (format.kind === 'date') return dateText(value, format, is1904) ?? plain(value);
  if (format.kind === 'zeros' && Number.isInteger(value) && value >= 0) return plain(value).padStart(format.digits, '0');
  return plain(value);
}

/** Fifteen significant digits, as spreadsheet programs show; never in exponent form below 1e21. */
function plain(value: number): string {
  return String(Number(value.toPrecision(15)));
}

function dateText(
  serial: number,
  { hasTime, hasDay }: { readonly hasTime: boolean; readonly hasDay: boolean },
  is1904: boolean,
): string | null {
  const seconds = Math.round((serial % 1) * 86_400);
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (!hasDay && serial < 1) return clock;
  let day = Math.floor(serial) + (seconds === 86_400 ? 1 : 0);
  if (day < 0 || day > 2_958_465) return null;
  if (is1904) day += 1462;
  else if (day === 60)
    return '1900-02-29'; // a day that spreadsheet programs have and no calendar has
  else if (day < 60) day += 1;
  const date = isoDate(day - 25_569);
  return hasTime && seconds % 86_400 !== 0 ? `${date} ${clock}` : date;
}

const two = (value: number) => String(value).padStart(2, '0');

/** Days since 1970-01-01 as an ISO date. Source: H. Hinnant, chrono-compatible low-level date algorithms, civil_from_days. */
export function isoDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
  const monthOfYear = month < 10 ? month + 3 : month - 9;
  const year = yearOfEra + era * 400 + (monthOfYear <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(monthOfYear)}-${two(day)}`;
}
