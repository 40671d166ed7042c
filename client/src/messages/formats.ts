/** Numbers, sizes and times as the language of the page writes them. */
import { currentLanguage } from './language.ts';

/** Making a formatter costs more than a hundred uses of it, so each is made once for each language. */
const made = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${currentLanguage()} ${JSON.stringify(options)}`;
  const format = made.get(key) ?? new Intl.NumberFormat(currentLanguage(), options);
  made.set(key, format);
  return format;
}

const MINUS = '\u2212';
const NO_BREAK_SPACE = '\u00a0';

/** A number with so many digits after the point; a dash for null. */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined) return '–';
  return numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value).replace('-', MINUS);
}

/** Bytes in B, kB or MB (powers of 1000). */
export function formatBytes(bytes: number): string {
  const [unit, size] =
    bytes < 1000 ? (['B', bytes] as const) : bytes < 1e6 ? (['kB', bytes / 1e3] as const) : (['MB', bytes / 1e6] as const);
  const digits = unit === 'B' || size >= 100 ? 0 : 1;
  return `${numberFormat({ maximumFractionDigits: digits }).format(size)}${NO_BREAK_SPACE}${unit}`;
}

/** Day and time of an ISO 8601 moment, in the language of the page. */
export function formatMoment(iso: string): string {
  return new Date(iso).toLocaleString(currentLanguage(), { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Day of an ISO 8601 moment, in the language of the page. */
export function formatDay(iso: string): string {
  return new Date(iso).toLocaleDateString(currentLanguage(), { dateStyle: 'medium' });
}

/** Hours, minutes and seconds of a day, as 24-hour clock time. */
export function formatTime(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** A stretch of time, in seconds below a minute and a half, else in minutes. */
export function formatDuration(seconds: number): string {
  const [unit, size] =
    seconds < 90 ? (['second', Math.max(1, Math.round(seconds))] as const) : (['minute', Math.round(seconds / 60)] as const);
  return numberFormat({ style: 'unit', unit, unitDisplay: 'long' }).format(size);
}

/** A sentence in which a number stays with its percent sign. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(/(?<=\d) (?=%)/g, NO_BREAK_SPACE);
}
