/** Dates that cannot be: after the day of the check, an end before its beginning (a death before the diagnosis), a time before zero. */
import type { QualityCheck } from './checked-table.ts';
import { BEFORE_ZERO } from './outcome.ts';
import { fail, type QualityInput, warn } from './quality-input.ts';
import { IN_FUTURE, OUT_OF_ORDER } from './readers.ts';

/** Above this share of the rows, and from this many on, it is the file and not a slip. */
const MUCH = 0.2;
const FEWEST = 3;

/** Only the checks that have something to say; their cells are refused, so a row loses the value and not more. */
export function dateChecks({ table }: QualityInput): QualityCheck[] {
  const check = (id: string, reason: string, what: string): QualityCheck[] => {
    const rows = [...new Set(table.rejected.filter((cell) => cell.reason === reason).map(({ row }) => row))];
    if (rows.length === 0) return [];
    const isMuch = rows.length >= FEWEST && rows.length > MUCH * table.rowCount;
    return [(isMuch ? fail : warn)(id, `${rows.length} rows ${what}; the cells are treated as missing.`, rows)];
  };
  return [
    ...check('future-dates', IN_FUTURE, 'hold a date in the future'),
    ...check('date-order', OUT_OF_ORDER, 'hold an end before its beginning, such as a death before the diagnosis'),
    ...check('before-zero', BEFORE_ZERO, 'hold a time before time zero'),
  ];
}
