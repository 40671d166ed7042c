/**
 * What a report puts between and below the rows of its table: totals, notes, rules, empty rows, the header once more. Each is dropped with
 * its reason; where it could be a patient's row it stays one.
 */
import { kindOf } from './cell-kinds.ts';
import { dropBlockBelowGap, isSummary } from './furniture-below.ts';
import type { DropKind } from './raw-table.ts';
import type { Records } from './records.ts';

const TOTAL =
  /^(?:(?:grand |sub-?|overall |column )?totals?|sums?|summe(?: .{1,20})?|(?:zwischen|gesamt|end)summe|gesamt(?:zahl|ergebnis)?|insgesamt|razem|suma|og[oó]łem|łącznie|totaal|totale|totaux|total(?: g[eé]n[eé]ra[l]e?)?|somme|soma|totalt|summa|yhteensä|celkem|spolu|součet|összesen|ukupno|skupaj|toplam|σύνολο|итого|всего|сумма|mean|average|avg|median|mittelwert|durchschnitt|średnia|moyenne|media|promedio|gemiddelde|medelvärde|standard deviation|std\.?(?: ?dev\.?)?|s\.?d\.?|min(?:imum)?|max(?:imum)?|count|anzahl|n|liczba|nombre|број)\s*[:=]?\s*(?:\(?n?\s*=?\s*[\d.,' ]+\)?)?$/iu;
const NOTE =
  /^(?:[*†‡§#†]|\(\*?[a-z\d]?\)|note|notes|hinweis|anmerkung|legende?|uwaga|uwagi|remark|comment|source|quelle|źródło|footnote|end of|ende|koniec|fin d|printed|gedruckt|wydruk|created|erstellt|generated|export|report|page|seite|strona|©|copyright|disclaimer|confidential|vertraulich|poufne|-{2,}|={2,}|\(?\d+ (?:rows?|records?|zeilen|wierszy|lines?))/iu;
const RULE = /^[-=_+*─━ ]{2,}$/;

export interface Furniture {
  /** For each record from `firstRow`: why it is no row; '' for a row. Shape (records - firstRow,). */
  readonly kinds: readonly (DropKind | '')[];
}

interface Frame {
  readonly width: number;
  readonly header: number | null;
  readonly firstRow: number;
}

/** Finds what is no row among the records below the header. */
export function findFurniture(records: Records, frame: Frame): Furniture {
  const { width, header, firstRow } = frame;
  const names = header === null ? [] : Array.from({ length: records.width(header) }, (_, cell) => records.text(header, cell).trim());
  const kinds: (DropKind | '')[] = [];
  for (let record = firstRow; record < records.count; record++) kinds.push(plainKind(records, record, width, names));
  if (header !== null && kinds[0] === '' && isSecondHeader(records, frame)) kinds[0] = 'second-header';
  totalsAndTail(records, frame, kinds);
  return { kinds };
}

/** What can be said of a record by itself. */
function plainKind(records: Records, record: number, width: number, names: readonly string[]): DropKind | '' {
  const cells = records.width(record);
  const fault = records.fault(record);
  if (fault !== null) return fault === 'end' ? 'cut-short' : 'unreadable';
  let first = 0;
  while (first < cells && records.text(record, first).trim() === '') first++;
  if (first === cells) return 'blank';
  const text = records.text(record, first).trim();
  if (names.length > 0 && first < names.length && text === names[first] && isHeaderAgain(records, record, names)) return 'repeated-header';
  if (RULE.test(text) && text.length > 2 && allRules(records, record, first)) return 'separator';
  if (cells === 1 && width > 1 && kindOf(text) === 'text') return 'note';
  return '';
}

function isHeaderAgain(records: Records, record: number, names: readonly string[]): boolean {
  if (names.length === 1 && names[0] === '') return false;
  return names.every((name, cell) => records.text(record, cell).trim() === name);
}

function allRules(records: Records, record: number, first: number): boolean {
  for (let cell = first; cell < records.width(record); cell++) {
    const text = records.text(record, cell).trim();
    if (text !== '' && !RULE.test(text)) return false;
  }
  return true;
}

/** A line of units, labels or types between the names and the rows: texts where every other row has values. */
function isSecondHeader(records: Records, { width, firstRow }: Frame): boolean {
  const last = Math.min(records.count, firstRow + 60);
  if (last - firstRow < 3) return false;
  let [valued, text] = [0, 0];
  for (let cell = 0; cell < width; cell++) {
    let [known, values] = [0, 0];
    for (let record = firstRow + 1; record < last; record++) {
      const kind = kindOf(records.text(record, cell).trim());
      if (kind !== 'missing') known++;
      if (kind === 'number' || kind === 'date') values++;
    }
    if (known === 0 || values / known < 0.9) continue;
    const own = kindOf(records.text(firstRow, cell).trim());
    valued++;
    if (own === 'text') text++;
    else if (own !== 'missing') return false;
  }
  return text >= 1 && text * 2 >= valued && text >= Math.min(2, valued);
}

function totalsAndTail(records: Records, { width, firstRow }: Frame, kinds: (DropKind | '')[]): void {
  const rows = kinds.reduce((count, kind) => count + (kind === '' ? 1 : 0), 0);
  const texts = firstTexts(records, firstRow, kinds);
  if (width > 1) dropBlockBelowGap(records, { width, firstRow }, kinds);
  let isTail = true;
  for (let index = kinds.length - 1; index >= 0; index--) {
    if (kinds[index] !== '') continue;
    const record = firstRow + index;
    // Above the tail a row that calls itself a total must also be unlike the others.
    let kind = isTail ? tailKind(records, record, width, texts, rows) : isStrangeTotal(records, record, texts, rows) ? 'total' : '';
    if (kind === '' && isTail && texts.isAlwaysFilled && isSummary(records, firstRow, kinds, index, width)) kind = 'total';
    kinds[index] = kind;
    if (kind === '') isTail = false;
  }
}

/** First cells of the first rows: how many are texts, have digits, are long, and whether each but the last is filled. */
interface FirstTexts {
  readonly text: number;
  readonly all: number;
  readonly longest: number;
  readonly withDigits: number;
  readonly isAlwaysFilled: boolean;
}

/** How often the first cell of a row is a text, among the first rows. */
function firstTexts(records: Records, firstRow: number, kinds: readonly (DropKind | '')[]): FirstTexts {
  let [text, all, longest, withDigits, empty, lastEmpty] = [0, 0, 0, 0, 0, -1];
  for (let index = 0; index < Math.min(kinds.length, 200); index++) {
    if (kinds[index] !== '') continue;
    const cell = records.text(firstRow + index, 0).trim();
    if (totalWord(records, firstRow + index) !== null) continue;
    all++;
    if (kindOf(cell) === 'text') text++;
    if (cell === '') [empty, lastEmpty] = [empty + 1, all];
    if (/\d/.test(cell)) withDigits++;
    longest = Math.max(longest, cell.length);
  }
  return { text, all, longest, withDigits, isAlwaysFilled: all > 1 && (empty === 0 || (empty === 1 && lastEmpty === all)) };
}

/** The position of a cell that says "total", among the first two that are filled; null if none does. */
function totalWord(records: Records, record: number): number | null {
  let seen = 0;
  const cells = records.width(record);
  for (let cell = 0; cell < cells && seen < 2; cell++) {
    const text = records.text(record, cell).trim();
    if (text === '') continue;
    seen++;
    if (text.length < 60 && TOTAL.test(text)) return cell;
  }
  return null;
}

function tailKind(records: Records, record: number, width: number, texts: FirstTexts, rows: number): DropKind | '' {
  const cells = records.width(record);
  if (cells < width && record === records.count - 1 && rows > 1 && cells > 1) return 'cut-short';
  if (width === 1) return totalWord(records, record) !== null && texts.text === 0 && texts.all > 0 ? 'total' : '';
  const word = totalWord(records, record);
  const filledCells = countFilled(records, record);
  if (word !== null && (filledCells < width || word === 0) && isOutOfCharacter(records, record, word, texts)) return 'total';
  if (filledCells === 1 && rows > 1) {
    const text = onlyText(records, record);
    if (records.text(record, 0).trim() === '' && texts.isAlwaysFilled && kindOf(text) === 'text') return 'note';
    if (NOTE.test(text) || (kindOf(text) === 'text' && (texts.text === 0 || text.length > texts.longest * 2 || / \S+ \S+ /.test(text))))
      return 'note';
  }
  if (cells < width && filledCells <= 2 && NOTE.test(records.text(record, 0).trim())) return 'note';
  return '';
}

/** "N" or "max" can be a code; a total stands where other rows have a number or an id, or is a word no code has. */
function isOutOfCharacter(records: Records, record: number, word: number, texts: FirstTexts): boolean {
  const text = records.text(record, word).trim();
  if (word === 0 && (texts.text * 2 <= texts.all || isIdLike(texts))) return true;
  return text.length > 3 || word > 0 || /^(?:sum|avg)$/i.test(text);
}

/** Whether first cells are numbers or identifiers with digits, throughout. */
function isIdLike({ text, all, withDigits }: FirstTexts): boolean {
  return all > 0 && (text === 0 || withDigits === all);
}

function isStrangeTotal(records: Records, record: number, texts: FirstTexts, rows: number): boolean {
  const first = records.text(record, 0).trim();
  if (first === '' || rows < 2 || first.length > 60) return false;
  return isIdLike(texts) && !/\d/.test(first) && kindOf(first) === 'text' && TOTAL.test(first);
}

function onlyText(records: Records, record: number): string {
  for (let cell = 0; cell < records.width(record); cell++) {
    const text = records.text(record, cell).trim();
    if (text !== '') return text;
  }
  return '';
}

function countFilled(records: Records, record: number): number {
  let count = 0;
  for (let cell = records.width(record) - 1; cell >= 0; cell--) if (records.text(record, cell).trim() !== '') count++;
  return count;
}
