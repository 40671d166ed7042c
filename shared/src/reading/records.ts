/** Lines of cells as a format gives them, before anybody knows which of them are the table. */

export interface Records {
  readonly count: number;
  /** How many cells a record has. */
  readonly width: (record: number) => number;
  /** The text of a cell, '' beyond the last. */
  readonly text: (record: number, cell: number) => string;
  /** Which marks a cell holds that a number can have: 1 point, 2 comma, 4 blank, apostrophe or a sign beyond ASCII; 0 for a long cell. */
  readonly marks: (record: number, cell: number) => number;
  /** 1-based line of the file, or row of the sheet. */
  readonly line: (record: number) => number;
  /** Why a record cannot be trusted, if so. */
  readonly fault: (record: number) => RecordFault | null;
}

/** `quotes`: its quotes do not pair up. `end`: the file ends inside it. `syntax`: it is not what the format asks of a line. */
export type RecordFault = 'quotes' | 'end' | 'syntax';

const NEVER = () => null;

/**
 * Records from cells that are texts already, such as those of a sheet.
 *
 * @param cells - One entry a record.
 * @param lines - Where each stands, 1-based; default: counted.
 * @param broken - Records that could not be read.
 */
export function recordsOf(
  cells: readonly (readonly string[])[],
  lines?: ArrayLike<number>,
  broken: ReadonlySet<number> = new Set(),
): Records {
  return {
    count: cells.length,
    width: (record) => cells[record]?.length ?? 0,
    text: (record, cell) => cells[record]?.[cell] ?? '',
    marks: (record, cell) => {
      const text = cells[record]?.[cell] ?? '';
      return marksIn(text, 0, text.length);
    },
    line: (record) => lines?.[record] ?? record + 1,
    fault: broken.size === 0 ? NEVER : (record) => (broken.has(record) ? 'syntax' : null),
  };
}

/** Whether every cell of a record is empty or blank. */
export function isBlank(records: Records, record: number): boolean {
  const width = records.width(record);
  for (let cell = 0; cell < width; cell++) if (records.text(record, cell).trim() !== '') return false;
  return true;
}

/** The marks in a stretch of text, as `Records.marks`. */
export function marksIn(text: string, from: number, to: number): number {
  if (to - from > 60) return 0;
  let marks = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) marks |= 1;
    else if (code === 44) marks |= 2;
    else if (code === 39 || code === 32 || code > 127) marks |= 4;
  }
  return marks;
}
