/** What stands below a table without a word that says so: a row of sums or means, and a legend after a gap. */
import { kindOf } from './cell-kinds.ts';
import { plainNumber } from './number-style.ts';
import type { DropKind } from './raw-table.ts';
import type { Records } from './records.ts';

const SAMPLE = 200;
const LONGEST_BLOCK = 40;

/**
 * Whether a row without a first cell holds the sums or the means of the rows above it.
 *
 * @param kinds - What each record from `firstRow` is so far; rows are ''.
 * @param index - Of the row, from `firstRow`.
 */
export function isSummary(records: Records, firstRow: number, kinds: readonly (DropKind | '')[], index: number, width: number): boolean {
  if (records.text(firstRow + index, 0).trim() !== '') return false;
  let [compared, equal] = [0, 0];
  for (let cell = 1; cell < width && compared < 20; cell++) {
    const own = loose(records.text(firstRow + index, cell));
    if (own === null) continue;
    let [sum, count] = [0, 0];
    for (let above = 0; above < index; above++) {
      const value = kinds[above] === '' ? loose(records.text(firstRow + above, cell)) : null;
      if (value === null) continue;
      sum += value;
      count++;
    }
    if (count < 2) continue;
    compared++;
    if (isNear(own, sum) || isNear(own, sum / count)) equal++;
  }
  return compared > 0 && equal * 2 > compared;
}

/** A number with either decimal mark. */
function loose(text: string): number | null {
  const plain = plainNumber(text.trim(), { decimal: '.', thousands: '' }) ?? plainNumber(text.trim(), { decimal: ',', thousands: '' });
  return plain === null ? null : Number(plain);
}

/** Equal when rounded to the two digits that a report prints. */
function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(0.0051, Math.abs(b) * 1e-9);
}

/** Drops a last block of records, set apart by a gap, that does not fit the columns above it: the legend of a report. */
export function dropBlockBelowGap(
  records: Records,
  { width, firstRow }: { readonly width: number; readonly firstRow: number },
  kinds: (DropKind | '')[],
): void {
  const valued = valuedColumns(records, width, firstRow, kinds);
  if (valued.length === 0) return;
  const isNamed = firstIsFilled(records, firstRow, kinds);
  const first = Math.max(2, kinds.length - LONGEST_BLOCK);
  for (let index = kinds.length - 1; index >= first; index--) {
    if (kinds[index] === '' && !isStrange(records, firstRow + index, width, valued, isNamed)) return;
    if (kinds[index] !== '' || !isBelowGap(records, firstRow + index, kinds[index - 1])) continue;
    for (let below = index; below < kinds.length; below++) if (kinds[below] === '') kinds[below] = 'note';
    return;
  }
}

function isBelowGap(records: Records, record: number, above: DropKind | '' | undefined): boolean {
  if (above === 'blank') return true;
  return records.line(record) > records.line(record - 1) + 1 + breaksIn(records, record - 1);
}

/** Columns that hold numbers or dates in most rows. */
function valuedColumns(records: Records, width: number, firstRow: number, kinds: readonly (DropKind | '')[]): number[] {
  const looked = Math.min(SAMPLE, kinds.length);
  return Array.from({ length: width }, (_, cell) => cell).filter((cell) => {
    let [known, values] = [0, 0];
    for (let index = 0; index < looked; index++) {
      if (kinds[index] !== '' || records.width(firstRow + index) < width) continue;
      const kind = kindOf(records.text(firstRow + index, cell).trim());
      if (kind === 'missing') continue;
      known++;
      if (kind !== 'text') values++;
    }
    return values > 1 && values * 2 > known;
  });
}

/** Whether the first half of the rows all begin with something. */
function firstIsFilled(records: Records, firstRow: number, kinds: readonly (DropKind | '')[]): boolean {
  for (let index = 0; index < Math.min(SAMPLE, kinds.length / 2); index++) {
    if (kinds[index] === '' && records.text(firstRow + index, 0).trim() === '') return false;
  }
  return true;
}

/** A record that is short, or has mostly words where numbers belong, or lacks what every row begins with. */
function isStrange(records: Records, record: number, width: number, valued: readonly number[], isNamed: boolean): boolean {
  if (records.width(record) < width || (isNamed && records.text(record, 0).trim() === '')) return true;
  let [filled, texts] = [0, 0];
  for (const cell of valued) {
    const kind = kindOf(records.text(record, cell).trim());
    if (kind === 'missing') continue;
    filled++;
    if (kind === 'text') texts++;
  }
  return texts > 0 && texts * 2 >= filled;
}

function breaksIn(records: Records, record: number): number {
  let breaks = 0;
  for (let cell = 0; cell < records.width(record); cell++) breaks += records.text(record, cell).split('\n').length - 1;
  return breaks;
}
