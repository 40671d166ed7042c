/** Whether a file writes 5,2 or 5.2. A comma can only be a decimal comma where it is not the delimiter. */

const COMMA_NUMBER = /^[+-]?\d+,\d+$/;
const POINT_NUMBER = /^[+-]?\d*\.\d+$/;

export interface DecimalMark {
  readonly decimal: '.' | ',';
  /** Cells written with the other mark; they will be rejected as numbers. */
  readonly otherCells: number;
}

/**
 * Decides the decimal mark of a file by counting its cells.
 *
 * @param rows - Cells as read.
 * @param delimiter - What separates cells; when it is a comma the mark is a point.
 * @returns The mark of the larger count; a point on a tie, so that a file without fractions is left as it is.
 * @example findDecimalMark([['5,2', 'x']], ';') // { decimal: ',', otherCells: 0 }
 */
export function findDecimalMark(rows: readonly (readonly string[])[], delimiter: string): DecimalMark {
  let commas = 0;
  let points = 0;
  if (delimiter !== ',') {
    for (const row of rows) {
      for (const cell of row) {
        if (cell.includes(',')) commas += COMMA_NUMBER.test(cell.trim()) ? 1 : 0;
        else if (cell.includes('.')) points += POINT_NUMBER.test(cell.trim()) ? 1 : 0;
      }
    }
  }
  return commas > points ? { decimal: ',', otherCells: points } : { decimal: '.', otherCells: commas };
}
