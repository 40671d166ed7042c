/** What a cell looks like before any dictionary is known: a number, a date, nothing, or a text. */

export type CellKind = 'number' | 'date' | 'missing' | 'text';

const NUMBER = /^[+\-\u2212<>≤≥]?\s?(?:\d[\d.,'’ \u00a0\u2009\u202f]*|[.,]\d+)(?:[eE][+-]?\d+)?\s?%?$/;
const DATE =
  /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\.?(?:[T ]\d{1,2}:\d{2}.*)?$|^\d{1,2}[-. ][\p{L}]{3,9}\.?[-. ]\d{2,4}$|^\d{1,2}:\d{2}(?::\d{2})?$/u;
const MISSING = new Set(['', '?', 'na', 'n/a', 'nan', 'null', 'none', '.', '-', '--', 'n.a.', '#n/a', 'k.a.', 'b.d.', 'nd']);

/** @param text - A trimmed cell. */
export function kindOf(text: string): CellKind {
  if (text.length <= 5 && MISSING.has(text.toLowerCase())) return 'missing';
  if (text.length > 40) return 'text';
  if (DATE.test(text)) return 'date';
  return NUMBER.test(text) ? 'number' : 'text';
}
