/** How a text is written: the delimiter and quote under which its first lines look most like a table. */
import { kindOf } from './cell-kinds.ts';
import type { Records } from './records.ts';
import { type Dialect, tokenize } from './tokenize.ts';

const CANDIDATES = [',', ';', '\t', '|', '^', '~', '\u0001', '\u001f'];
const SAMPLE = 65_536;
const RECORDS_LOOKED_AT = 400;

export interface FoundDialect extends Dialect {
  /** Delimiters that divide the text at all, the best first. */
  readonly others: readonly string[];
}

/**
 * Guesses the dialect of a text.
 *
 * @param text - A whole file or its beginning.
 * @param chosen - What a person says about it.
 * @returns The delimiter that gives most lines of one length, fewest lone quotes and cleanest cells; a comma where none divides the text.
 * @example findDialect('age;bmi\n61;24,5\n').delimiter // ";"
 */
export function findDialect(text: string, chosen: { readonly delimiter?: string; readonly quote?: string } = {}): FoundDialect {
  const sample = beginningOf(text);
  const delimiters = chosen.delimiter === undefined ? CANDIDATES : [chosen.delimiter];
  const hasBackslash = /\\"[^\r\n,;\t|]/.test(sample) && !/[^\\]""[^,;\t|\r\n]/.test(sample);
  const tried = delimiters
    .map((delimiter) => {
      const quote = chosen.quote ?? quoteOf(sample, delimiter);
      return { delimiter, quote, hasBackslash, ...fit(sample, { delimiter, quote, hasBackslash }) };
    })
    .filter(({ width }) => width > 1)
    .sort((a, b) => b.score - a.score || b.width - a.width);
  const [best] = tried;
  const others = CANDIDATES.filter((delimiter) => sample.includes(delimiter) && delimiter !== best?.delimiter);
  const delimiter = best?.delimiter ?? chosen.delimiter ?? ',';
  return { delimiter, quote: best?.quote ?? chosen.quote ?? '"', hasBackslash, others: [delimiter, ...others] };
}

/** The beginning of a text, ending with a whole line where there is one. */
function beginningOf(text: string): string {
  if (text.length <= SAMPLE) return text;
  const cut = text.slice(0, SAMPLE);
  return cut.slice(0, Math.max(cut.lastIndexOf('\n'), cut.lastIndexOf('\r')) + 1) || cut;
}

function quoteOf(sample: string, delimiter: string): string {
  const edge = delimiter.replace(/[|^$\\]/, '\\$&');
  const count = (quote: string) =>
    sample.match(new RegExp(`(?:^|${edge})${quote}[^${quote}\r\n]*${quote}(?=${edge}|\r|\n|$)`, 'gm'))?.length ?? 0;
  const [single, double] = [count("'"), count('"')];
  return single > 2 && double === 0 ? "'" : '"';
}

function fit(sample: string, dialect: Dialect): { readonly width: number; readonly score: number } {
  const records = whole(tokenize(sample, dialect));
  const count = Math.min(records.count, RECORDS_LOOKED_AT);
  const widths = new Map<number, number>();
  let faults = 0;
  for (let record = 0; record < count; record++) {
    const width = records.width(record);
    widths.set(width, (widths.get(width) ?? 0) + 1);
    if (records.fault(record) !== null) faults++;
  }
  const [width, even] = [...widths].filter(([cells]) => cells > 1).sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  const share = (even - faults) / Math.max(1, count);
  return { width, score: Math.round(share * 20) / 20 + cleanShare(records, count, width) };
}

/** The share of cells that hold no other delimiter. A decimal comma is none. */
function cleanShare(records: Records, count: number, width: number): number {
  let clean = 0;
  let cells = 0;
  for (let record = 0; record < Math.min(count, 60); record++) {
    if (records.width(record) !== width) continue;
    for (let cell = 0; cell < Math.min(width, 60); cell++) {
      const text = records.text(record, cell).trim();
      cells++;
      if (!/[;\t|]|,(?=\S)/.test(text) || kindOf(text) === 'number') clean++;
    }
  }
  return clean / Math.max(1, cells);
}

/** What a generator returns, without stopping in between. */
export function whole<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
