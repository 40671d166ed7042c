/** What the cells of a file say about how its numbers are written; the styles of its columns. */
import type { NumberStyle, Thousands } from './number-style.ts';

/** Counts of cells by what they show. Point and comma each: certainly a decimal mark, certainly between thousands, either. */
export interface Evidence {
  readonly decimal: { '.': number; ',': number };
  readonly thousands: { '.': number; ',': number; ' ': number; "'": number };
  readonly either: { '.': number; ',': number };
  /** Cells looked at, by their marks (`Records.marks`). */
  readonly seen: Uint32Array;
}

export function noEvidence(): Evidence {
  return {
    decimal: { '.': 0, ',': 0 },
    thousands: { '.': 0, ',': 0, ' ': 0, "'": 0 },
    either: { '.': 0, ',': 0 },
    seen: new Uint32Array(8),
  };
}

const SHAPE = /^[+\-\u2212\u2013]?([\d.,'’ʼ \u00a0\u2007\u2009\u202f]+)(?:[eE][+-]?\d+)?$/;

/** Adds what one cell shows. */
export function addEvidence(evidence: Evidence, text: string): void {
  const match = SHAPE.exec(text);
  if (match === null) return;
  const body = match[1]!.replace(/[\u00a0\u2007\u2009\u202f]/g, ' ').replace(/[’ʼ]/g, "'");
  const spaced = /^\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?:([.,])\d*)?$/.exec(body);
  if (spaced) {
    evidence.thousands[spaced[1] as ' ' | "'"]++;
    if (spaced[2] !== undefined) evidence.decimal[spaced[2] as '.' | ',']++;
    return;
  }
  const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*([.,])\d*$/.exec(body);
  if (grouped && grouped[1] !== grouped[2]) {
    evidence.thousands[grouped[1] as '.' | ',']++;
    evidence.decimal[grouped[2] as '.' | ',']++;
    return;
  }
  const many = /^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+$/.exec(body);
  if (many) {
    evidence.thousands[many[1] as '.' | ',']++;
    return;
  }
  const one = /^(\d*)([.,])(\d*)$/.exec(body);
  if (!one || body.length < 2) return;
  const [, before = '', mark, after = ''] = one;
  const couldGroup = after.length === 3 && before.length >= 1 && before.length <= 3 && !before.startsWith('0');
  (couldGroup ? evidence.either : evidence.decimal)[mark as '.' | ',']++;
}

export interface FileStyle {
  readonly decimal: '.' | ',';
  readonly thousands: Thousands;
  readonly numbers: readonly NumberStyle[];
}

/**
 * Decides how each column writes its numbers.
 *
 * @param columns - The evidence of each.
 * @param delimiter - A comma between cells makes a decimal comma improbable.
 * @param chosen - What a person says; it holds for every column.
 */
export function decideStyles(
  columns: readonly Evidence[],
  delimiter: string,
  chosen: { readonly decimal?: '.' | ',' | undefined; readonly thousands?: Thousands | undefined },
): FileStyle {
  const total = (read: (evidence: Evidence) => number) => columns.reduce((sum, evidence) => sum + read(evidence), 0);
  const comma = total(commaVotes);
  const point = total(pointVotes);
  const known = chosen.decimal ?? (comma > point ? ',' : point > comma ? '.' : delimiter === ',' ? '.' : null);
  // Where columns disagree, a column without evidence of its own can be either.
  const isMixed = chosen.decimal === undefined && columns.some((c) => commaVotes(c) > 0) && columns.some((c) => pointVotes(c) > 0);
  const decimal = known ?? '.';
  const numbers = columns.map((evidence) => styleOf(evidence, known, isMixed, chosen));
  const thousands = chosen.thousands ?? commonest(numbers.map((style) => style.thousands)) ?? '';
  return { decimal, thousands, numbers };
}

const commaVotes = (evidence: Evidence) => evidence.decimal[','] + evidence.thousands['.'];
const pointVotes = (evidence: Evidence) => evidence.decimal['.'] + evidence.thousands[','];

function styleOf(
  evidence: Evidence,
  fileDecimal: '.' | ',' | null,
  isMixed: boolean,
  chosen: { readonly decimal?: '.' | ',' | undefined; readonly thousands?: Thousands | undefined },
): NumberStyle {
  const [comma, point] = [commaVotes(evidence), pointVotes(evidence)];
  const own = comma > point ? ',' : point > comma ? '.' : null;
  const decimal = chosen.decimal ?? own ?? fileDecimal ?? '.';
  const other = decimal === '.' ? ',' : '.';
  const doubtful = evidence.either['.'] + evidence.either[','];
  const isUndecided = own === null && (fileDecimal === null || isMixed);
  const isTorn = comma > 0 && point > 0;
  const isAmbiguous = chosen.decimal === undefined && doubtful > 0 && (isUndecided || isTorn);
  const groups = chosen.thousands ?? groupMark(evidence, other, isTorn);
  return { decimal, thousands: groups === decimal ? '' : groups, isAmbiguous, otherCells: evidence.decimal[other] };
}

function groupMark(evidence: Evidence, other: '.' | ',', isTorn: boolean): Thousands {
  if (evidence.thousands[' '] > 0 && evidence.thousands[' '] >= evidence.thousands["'"]) return ' ';
  if (evidence.thousands["'"] > 0) return "'";
  return evidence.thousands[other] > 0 || (evidence.either[other] > 0 && evidence.decimal[other] === 0 && !isTorn) ? other : '';
}

function commonest(marks: readonly Thousands[]): Thousands | null {
  const counts = new Map<Thousands, number>();
  for (const mark of marks) if (mark !== '') counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
