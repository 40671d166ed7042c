/** What one cell's text stands for. Numbers are plain decimals; codes compare as numbers where both sides are numbers. */

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MISSING_TEXTS = new Set(['', '?', 'na', 'n/a', 'nan', 'null', '.']);

/**
 * Reads a number.
 *
 * @param text - A trimmed cell.
 * @param decimal - The file's decimal mark. With a decimal comma a point is refused: it may separate thousands.
 * @returns A finite number, or null if the text is anything else.
 * @example parseNumber('24,5', ',') // 24.5
 */
export function parseNumber(text: string, decimal: '.' | ','): number | null {
  const plain = decimal === ',' ? (text.includes('.') ? '' : text.replace(',', '.')) : text;
  if (!NUMBER.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/**
 * The form in which codes are compared: `1`, `1.0` and ` 1 ` are one code, `01` too; texts are trimmed, Unicode NFC.
 *
 * @example codeKey(' 1.0') // "1"
 */
export function codeKey(text: string, decimal: '.' | ',' = '.'): string {
  const trimmed = text.trim();
  const value = parseNumber(trimmed, decimal);
  return value === null ? trimmed.normalize('NFC') : String(value);
}

/** Whether a trimmed text means "missing" in every study: empty, ?, NA, N/A, NaN, null or a lone point, in any case. */
export function isMissingText(text: string): boolean {
  return text.length <= 4 && MISSING_TEXTS.has(text.toLowerCase());
}
