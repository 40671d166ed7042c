/** Numbers, sizes and times as the language of the page writes them. */
import { currentLanguage } from './language.ts';

/** A number with so many digits after the point; a dash for null. */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined) return '–';
  return new Intl.NumberFormat(currentLanguage(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** Bytes in B, kB or MB (powers of 1000). */
export function formatBytes(bytes: number): string {
  const [unit, size] =
    bytes < 1000 ? (['B', bytes] as const) : bytes < 1e6 ? (['kB', bytes / 1e3] as const) : (['MB', bytes / 1e6] as const);
  const digits = unit === 'B' || size >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: digits }).format(size)} ${unit}`;
}

/** Hours, minutes and seconds of a day. */
export function formatTime(at: number): string {
  return new Intl.DateTimeFormat(currentLanguage(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(at);
}

/** A stretch of time, in seconds below a minute and a half, else in minutes. */
export function formatDuration(seconds: number): string {
  const [unit, size] =
    seconds < 90 ? (['second', Math.max(1, Math.round(seconds))] as const) : (['minute', Math.round(seconds / 60)] as const);
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(size);
}
