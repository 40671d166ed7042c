/**
 * How a column writes its numbers, and a cell in that style as a plain decimal. A style is judged by the cells that can be read in one
 * way only: `1,5` and `12345.678` and `1.234,5` say what their marks mean, `1,234` does not.
 */

/** The mark between thousands; empty where there is none. */
export type Thousands = '' | '.' | ',' | ' ' | "'";

export interface NumberStyle {
  readonly decimal: '.' | ',';
  readonly thousands: Thousands;
  /** Cells such as `1,234` can be read in two ways here, and nothing in the file says which is meant. A person must choose. */
  readonly isAmbiguous: boolean;
  /** Cells that write the other mark as a decimal one; they are not numbers in this style. */
  readonly otherCells: number;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const GROUPS: Record<Exclude<Thousands, ''>, RegExp> = {
  '.': /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/,
  ',': /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/,
  ' ': /^[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d*)?$/,
  "'": /^[+-]?\d{1,3}(?:'\d{3})+(?:[.,]\d*)?$/,
};

/**
 * Writes a number as a plain decimal: a point for the fraction, nothing between thousands, the minus of a keyboard.
 *
 * @param text - A trimmed cell.
 * @param style - Its column's style.
 * @returns A text that `Number` reads, or null if the cell is not a number in this style.
 * @example plainNumber('1.234,5', { decimal: ',', thousands: '.' }) // "1234.5"
 */
export function plainNumber(text: string, style: Pick<NumberStyle, 'decimal' | 'thousands'>): string | null {
  if (NUMBER.test(text) && (style.decimal === '.' || !text.includes('.'))) {
    // The common case: digits and perhaps a point.
    return style.thousands === '.' && text.includes('.') ? null : text;
  }
  let plain = text
    .replace(/^[\u2212\u2013]/, '-')
    .replace(/^([\d.,' \u00a0]*\d)[-\u2212]$/, '-$1') // as SAP and COBOL write it: 1,5-
    .replace(/[\u00a0\u202f\u2009\u2007]/g, ' ')
    .replace(/[\u2019\u02bc]/g, "'");
  if (style.thousands !== '' && plain.includes(style.thousands)) {
    if (!GROUPS[style.thousands].test(plain)) return null;
    plain = plain.replaceAll(style.thousands, '');
  }
  if (style.decimal === ',') {
    if (plain.includes('.')) return null;
    plain = plain.replace(',', '.');
  }
  return NUMBER.test(plain) ? plain : null;
}
