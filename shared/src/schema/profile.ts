/** What each column of a file looks like, from an even sample of its cells: for matching it to a plan, and for the mapping page. */
import type { RawTable } from '../reading/index.ts';
import { isMissingText } from './cells.ts';
import { dateOrderOf, looksLikeDate } from './dates.ts';
import type { IdentifierKind } from './identifier-names.ts';
import { identifierOf } from './identifiers.ts';
import { cellNumber } from './measured.ts';
import { cellText, evenRows } from './raw-access.ts';
import { isMissingWord } from './words.ts';

export interface ColumnProfile {
  readonly column: string;
  readonly kind: 'empty' | 'number' | 'code' | 'date' | 'text';
  /** Whom it identifies; such a column is greyed and never read into the checked table. */
  readonly identifier: IdentifierKind | null;
  /** Filled cells in the sample, and how many cells it has. */
  readonly filled: number;
  readonly sampled: number;
  /** Different texts with their counts, the commonest first, at most 40; empty for identifiers and for columns with too many. */
  readonly codes: readonly { readonly text: string; readonly count: number }[];
  /** Of a column of numbers. */
  readonly numbers: { readonly low: number; readonly median: number; readonly high: number } | null;
  /** Words that stand for "missing" in it. */
  readonly missingWords: readonly string[];
  /** Of a column of dates: whether day and month can be told apart. */
  readonly isDateOrderOpen: boolean;
}

export interface SampledColumn extends ColumnProfile {
  /** Trimmed cells of the sample, missing ones too. They stay in the chamber. */
  readonly cells: readonly string[];
  /** Different texts among the filled cells. */
  readonly distinct: number;
  /** Its numbers, NaN where a cell is none. */
  readonly values: Float64Array;
}

const SAMPLE = 2000;
const MOST_CODES = 40;

/** Looks at every column of a file. */
export function sampleColumns(raw: RawTable): SampledColumn[] {
  const rows = evenRows(raw, SAMPLE);
  return raw.columns.map((column, at) => sampleColumn(raw, column, at, rows));
}

function sampleColumn(raw: RawTable, column: string, at: number, rows: readonly number[]): SampledColumn {
  const cells = rows.map((row) => cellText(raw, row, at));
  const missingWords = new Set<string>();
  const texts: string[] = [];
  for (const cell of cells) {
    if (isMissingText(cell)) continue;
    if (isMissingWord(cell)) missingWords.add(cell);
    else texts.push(cell);
  }
  const values = Float64Array.from(cells, (cell) => (isMissingText(cell) ? Number.NaN : (cellNumber(raw, at, cell) ?? Number.NaN)));
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const identifier = identifierOf(column, { texts, distinctShare: texts.length === 0 ? 0 : counts.size / texts.length });
  const dates = texts.filter(looksLikeDate).length;
  const kind = kindOf(texts.length, known.length, dates, counts.size);
  const isListed = identifier === null && counts.size <= MOST_CODES && kind !== 'date' && (kind === 'code' || counts.size <= 12);
  return {
    column,
    kind,
    identifier,
    filled: texts.length,
    sampled: cells.length,
    codes: isListed ? [...counts].sort((a, b) => b[1] - a[1]).map(([text, count]) => ({ text, count })) : [],
    numbers: known.length === 0 || identifier !== null ? null : { low: known[0]!, median: known[known.length >> 1]!, high: known.at(-1)! },
    missingWords: [...missingWords].slice(0, 20),
    isDateOrderOpen: kind === 'date' && dateOrderOf(texts).isOpen,
    distinct: counts.size,
    cells,
    values,
  };
}

function kindOf(filled: number, numbers: number, dates: number, distinct: number): ColumnProfile['kind'] {
  if (filled === 0) return 'empty';
  if (dates >= 0.6 * filled) return 'date';
  if (numbers >= 0.6 * filled) return distinct <= 2 ? 'code' : 'number';
  return distinct <= MOST_CODES && distinct <= Math.max(12, filled / 2) ? 'code' : 'text';
}
