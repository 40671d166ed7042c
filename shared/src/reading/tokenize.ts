/**
 * Delimited text to records, in one pass and without a string for each cell: a cell is two positions in the text. Source of the quoting
 * rules: RFC 4180, with what exports add to it: line ends of any kind, blanks around quotes, `\"` for a quote, `="…"` for a text. A quote
 * that pairs with none costs its own line only, never the rest of the file.
 */
import { marksIn, type RecordFault, type Records } from './records.ts';

export interface Dialect {
  readonly delimiter: string;
  /** '' where nothing is quoted. */
  readonly quote: string;
  /** Whether a quote inside a cell is written `\"` instead of twice. */
  readonly hasBackslash: boolean;
}

const [TAB, NEWLINE, RETURN, SPACE, BACKSLASH] = [9, 10, 13, 32, 92];
/** Flags in the upper bits of a start; a text of JavaScript is shorter than 2^29. */
const [POSITION, DOUBLED, BROKEN_LINE, STRAY] = [0x1fffffff, 0x20000000, 0x40000000, 0x80000000];
const STEP = 1 << 20;

/**
 * Splits a text into records; lines without any text are left out.
 *
 * @param text - At most 2^29 characters.
 * @param dialect - How it is written.
 * @returns A generator: it yields the position reached every million characters, and returns the records.
 */
export function* tokenize(text: string, { delimiter, quote, hasBackslash }: Dialect): Generator<number, Records> {
  const split = delimiter.charCodeAt(0);
  const quoteCode = quote === '' ? -1 : quote.charCodeAt(0);
  const size = text.length;
  let starts = new Uint32Array(1024);
  let ends = new Uint32Array(1024);
  let firstCells = new Uint32Array(256);
  let lines = new Uint32Array(256);
  const faults = new Map<number, RecordFault>();
  let cells = 0;
  let count = 0;
  let at = 0;
  let line = 1;
  let nextStop = STEP;

  const push = (start: number, end: number, flags: number) => {
    if (cells === starts.length) [starts, ends] = [doubled(starts), doubled(ends)];
    starts[cells] = (start | flags) >>> 0;
    ends[cells++] = end;
  };

  while (at < size) {
    if (count + 2 > lines.length) [firstCells, lines] = [doubled(firstCells), doubled(lines)];
    const recordStart = at;
    const firstCell = cells;
    const firstLine = line;
    let isLiteral = false;
    let hasText = false;
    for (;;) {
      let start = at;
      if (quoteCode >= 0 && !isLiteral) {
        let first = at;
        while (text.charCodeAt(first) === SPACE) first++;
        if (text.charCodeAt(first) === quoteCode) start = first;
      }
      if (quoteCode >= 0 && !isLiteral && text.charCodeAt(start) === quoteCode && start < size) {
        const found = closing(text, start + 1, split, quote, quoteCode, hasBackslash);
        if (typeof found === 'string') {
          // No closing quote fits: take the line as it stands, and say so.
          faults.set(count, found);
          [at, line, cells, isLiteral] = [recordStart, firstLine, firstCell, true];
          hasText = false;
          continue;
        }
        push(start + 1, found.end, found.flags);
        line += found.lines;
        at = found.next;
        hasText = true;
      } else {
        let code = 0;
        for (; at < size; at++) {
          code = text.charCodeAt(at);
          if (code === split || code === NEWLINE || code === RETURN) break;
          if (code !== SPACE && code !== TAB) hasText = true;
        }
        push(start, at, 0);
      }
      if (at >= size || text.charCodeAt(at) !== split) break;
      at += 1;
    }
    if (at < size) at += text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === NEWLINE ? 2 : 1;
    line += 1;
    if (hasText || cells - firstCell > 1) {
      firstCells[count] = firstCell;
      lines[count++] = firstLine;
    } else {
      cells = firstCell;
      faults.delete(count);
    }
    if (at >= nextStop) {
      nextStop = at + STEP;
      yield at;
    }
  }
  firstCells[count] = cells;
  return recordsFrom(text, quote, { starts, ends, firstCells, lines, count, faults });
}

interface Closing {
  readonly end: number;
  readonly next: number;
  readonly lines: number;
  readonly flags: number;
}

/** Where a quoted cell ends, or why it does not. */
function closing(
  text: string,
  from: number,
  split: number,
  quote: string,
  quoteCode: number,
  hasBackslash: boolean,
): Closing | RecordFault {
  let search = from;
  let flags = 0;
  for (;;) {
    const end = text.indexOf(quote, search);
    if (end < 0) return text.indexOf('\n', from) < 0 && text.indexOf('\r', from) < 0 ? 'end' : 'quotes';
    if (hasBackslash && isEscaped(text, end)) {
      flags |= DOUBLED;
      search = end + 1;
      continue;
    }
    if (text.charCodeAt(end + 1) === quoteCode) {
      flags |= DOUBLED;
      search = end + 2;
      continue;
    }
    let next = end + 1;
    while (text.charCodeAt(next) === SPACE) next++;
    const code = text.charCodeAt(next);
    if (next >= text.length || code === split || code === NEWLINE || code === RETURN) {
      const lines = lineBreaks(text, from, end);
      if (lines > 0 && flags & STRAY) return 'quotes';
      return { end, next, lines, flags: (flags | (lines > 0 ? BROKEN_LINE : 0)) >>> 0 };
    }
    // A quote that nobody doubled: part of the text, as long as the cell ends on its line.
    if (lineBreaks(text, from, end) > 0) return 'quotes';
    flags |= STRAY;
    search = end + 1;
  }
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

function lineBreaks(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE && text.charCodeAt(at - 1) !== RETURN) breaks++;
    else if (code === RETURN) breaks++;
  }
  return breaks;
}

interface Places {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly firstCells: Uint32Array;
  readonly lines: Uint32Array;
  readonly count: number;
  readonly faults: ReadonlyMap<number, RecordFault>;
}

function recordsFrom(text: string, quote: string, { starts, ends, firstCells, lines, count, faults }: Places): Records {
  const width = (record: number) => firstCells[record + 1]! - firstCells[record]!;
  return {
    count,
    width,
    text: (record, cell) => {
      if (cell >= width(record)) return '';
      const place = firstCells[record]! + cell;
      const start = starts[place]!;
      const raw = text.slice(start & POSITION, ends[place]!);
      return plainText(start > POSITION ? unquoted(raw, quote, start) : raw);
    },
    marks: (record, cell) => {
      if (cell >= width(record)) return 0;
      const place = firstCells[record]! + cell;
      return marksIn(text, starts[place]! & POSITION, ends[place]!);
    },
    line: (record) => lines[record]!,
    fault: (record) => faults.get(record) ?? null,
  };
}

function unquoted(raw: string, quote: string, flags: number): string {
  const whole = flags & BROKEN_LINE ? raw.replace(/\r\n?/g, '\n') : raw;
  return flags & DOUBLED ? whole.replaceAll(quote + quote, quote).replaceAll(`\\${quote}`, quote) : whole;
}

/** Undoes what keeps a spreadsheet program from reading a text as a number (`="007"`) or as a formula (`'-5`). */
function plainText(text: string): string {
  const code = text.charCodeAt(0);
  if (code === 61 && text.charCodeAt(1) === 34 && text.length > 2 && text.endsWith('"')) {
    const inner = text.slice(2, -1);
    return inner.includes('"') ? text : inner;
  }
  if (code === 39 && /^'[=+\-@\d][^']*$/.test(text)) return text.slice(1);
  return text;
}

function doubled(old: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(old.length * 2);
  grown.set(old);
  return grown;
}
