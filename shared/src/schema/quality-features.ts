/** What the report says of each feature: missing, constant, another unit, cells that do not fit, codes for missing, giving the outcome away. */
import { codeKey } from './cells.ts';
import type { QualityCheck } from './checked-table.ts';
import type { Feature } from './dictionary.ts';
import { LEAK_AUROC, outcomeLeak, outcomeSides } from './leaks.ts';
import { cellNumber } from './measured.ts';
import { fail, pass, type QualityInput, rowsWhere, warn } from './quality-input.ts';
import { cellText, rowNumberAt } from './raw-access.ts';
import { NOT_A_NUMBER } from './readers.ts';
import type { UnitSuspicion } from './unit-detective.ts';
import { isMissingWord, isSentinel } from './words.ts';

/** Above this share of missing values a feature is worth a second look. */
const MUCH_MISSING = 0.2;
/** Above this share of refused cells a column is not what the plan means by it. */
const MUCH_REFUSED = 0.2;
const FEWEST_REFUSED = 3;
const SHOWN_CODES = 3;

/** The checks of one feature, only those that have something to say besides `missing`. */
export function featureChecks(input: QualityInput, feature: Feature): QualityCheck[] {
  if (input.sources.features.get(feature.name) === null) {
    return [pass(`not-collected:${feature.name}`, `${feature.label}: not collected here.`)];
  }
  const suspicion = input.suspicions.get(feature.name);
  return [
    missingValues(input, feature),
    ...constantColumn(input, feature),
    ...(suspicion === undefined ? [] : [unitCheck(input, feature, suspicion)]),
    ...misfits(input, feature, suspicion),
    ...(suspicion === undefined ? missingCodes(input, feature) : []),
    ...leak(input, feature),
  ];
}

function missingValues(input: QualityInput, feature: Feature): QualityCheck {
  const { table } = input;
  const id = `missing:${feature.name}`;
  const rows = rowsWhere(table, table.values.get(feature.name)!, Number.isNaN);
  if (rows.length === 0) return pass(id, `${feature.label}: no value is missing.`);
  if (rows.length === table.rowCount) return warn(id, `${feature.label}: every value is missing; it seems not to be collected here.`, rows);
  const share = rows.length / table.rowCount;
  const text = `${feature.label}: ${rows.length} of ${table.rowCount} values are missing (${Math.round(share * 100)} %${codesRead(input, feature)}).`;
  return share > MUCH_MISSING || feature.required ? warn(id, text, rows) : pass(id, text, rows);
}

/** What the cells hold that were read as missing by a code or a word of the mapping, the commonest first. */
function codesRead({ table, raw, sources }: QualityInput, feature: Feature): string {
  const source = sources.features.get(feature.name)!;
  const codes = new Set([...source.mapping.missing, ...feature.missing]);
  if (codes.size === 0) return '';
  const counts = new Map<string, number>();
  table.values.get(feature.name)!.forEach((value, row) => {
    if (!Number.isNaN(value)) return;
    const text = codeKey(cellText(raw, row, source.at));
    if (codes.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  });
  if (counts.size === 0) return '';
  const shown = [...counts].sort((a, b) => b[1] - a[1]).slice(0, SHOWN_CODES);
  return `; read as missing: ${shown.map(([text, count]) => `"${text}" ${count === 1 ? 'once' : `${count} times`}`).join(', ')}${counts.size > SHOWN_CODES ? ', …' : ''}`;
}

function constantColumn({ table }: QualityInput, feature: Feature): QualityCheck[] {
  const values = table.values.get(feature.name)!;
  let [first, count] = [Number.NaN, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (count === 0) first = value;
    else if (value !== first) return [];
    count += 1;
  }
  return count < 2 ? [] : [warn(`constant:${feature.name}`, `${feature.label}: every known value is the same; check its coding.`)];
}

const tidy = (value: number): string => String(Number(value.toPrecision(3)));

function unitCheck(
  { table }: QualityInput,
  feature: Feature,
  { kind, conversion, rows, medianBefore, medianAfter }: UnitSuspicion,
): QualityCheck {
  const unit = feature.unit ?? conversion.to;
  const middle = `their middle is ${tidy(medianBefore)}, which in ${conversion.from} would be ${tidy(medianAfter)} ${unit}`;
  const text =
    kind === 'whole'
      ? `${feature.label}: the values do not look like ${unit}; ${middle}. Choose the unit ${conversion.from} for this column, or say that it is right as it is.`
      : `${feature.label}: ${rows.length} values do not look like ${unit}; ${middle}. Two units seem to stand in one column: mend the file, or say that it is right as it is.`;
  return fail(
    `unit:${feature.name}`,
    text,
    rows.map((row) => table.rowNumber[row]!),
  );
}

/** Cells of the column that were refused, in one check of its own where they are many. */
function misfits({ table, sources }: QualityInput, feature: Feature, suspicion: UnitSuspicion | undefined): QualityCheck[] {
  const column = sources.features.get(feature.name)!.mapping.column;
  const refused = table.rejected.filter((cell) => cell.column === column);
  if (refused.length === 0) return [];
  const filled = table.rowCount - (table.missing.get(feature.name) ?? 0) + refused.length;
  const rows = refused.map(({ row }) => row);
  const reasons = new Map<string, number>();
  for (const { reason } of refused) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const [[reason = '', count = 0] = []] = [...reasons].sort((a, b) => b[1] - a[1]);
  const kind =
    feature.type !== 'number' ? 'codes' : reason.startsWith('outside') ? 'range' : reason === NOT_A_NUMBER ? 'numbers' : 'values';
  const text = `${feature.label}: ${refused.length} of ${filled} filled cells do not fit (${count} ${reason}).`;
  const isMuch = refused.length >= FEWEST_REFUSED && refused.length > MUCH_REFUSED * filled && suspicion === undefined;
  return [(isMuch ? fail : warn)(`${kind}:${feature.name}`, text, rows)];
}

/** Numbers such as 999 that stand in the range and far too often, and words for "missing" that the plan does not name. */
function missingCodes({ table, raw, sources }: QualityInput, feature: Feature): QualityCheck[] {
  const source = sources.features.get(feature.name)!;
  const id = `missing-code:${feature.name}`;
  const values = table.values.get(feature.name)!;
  if (feature.type === 'number' && source.untilAt === null) {
    const known = values.filter((value) => !Number.isNaN(value));
    const counts = new Map<number, number>();
    for (const value of known) if (isSentinel(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const [value, count] of counts) {
      if (value === 0 || count < 3 || count < 0.02 * known.length) continue;
      if (!isFarOut(known, value)) continue;
      const rows = rowsWhere(table, values, (other) => other === value);
      return [fail(id, `${feature.label}: ${value} stands ${count} times, far from all other values. Is it a code for "missing"?`, rows)];
    }
  }
  const refused = table.rejected.filter((cell) => cell.column === source.mapping.column);
  const words = refused.filter(({ line, row }) => {
    const text = textOfRow(raw, table.rowNumber, row, source.at);
    void line;
    const number = cellNumber(raw, source.at, text);
    return isMissingWord(text) || (number !== null && isSentinel(number) && number !== 0);
  });
  if (words.length === 0) return [];
  return [
    warn(
      id,
      `${feature.label}: ${words.length} refused cells look like codes for "missing" and are treated so.`,
      words.map(({ row }) => row),
    ),
  ];
}

function textOfRow(raw: QualityInput['raw'], rowNumbers: Uint32Array, row: number, at: number): string {
  let position = Math.min(row - 1, rowNumbers.length - 1);
  while (position > 0 && rowNumbers[position]! > row) position -= 1;
  return rowNumberAt(raw, position) === row ? cellText(raw, position, at) : '';
}

/** Whether a value lies beyond all others by more than all others span. */
export function isFarOut(known: Iterable<number>, value: number): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const other of known) {
    if (other === value) continue;
    if (other < low) low = other;
    if (other > high) high = other;
  }
  if (low > high) return false;
  const span = Math.max(high - low, Math.abs(high) * 0.1, 1e-9);
  return value > high + span * 0.5 || (value < 0 && low >= 0);
}

function leak({ table, spec }: QualityInput, feature: Feature): QualityCheck[] {
  const sides = outcomeSides(spec.outcome.task, table.outcome).map((side) =>
    outcomeLeak(table.values.get(feature.name)!, side, feature.type !== 'number'),
  );
  const most = (areas: readonly (number | null)[]): number => Math.max(0, ...areas.map((area) => area ?? 0));
  const [values, presence] = [most(sides.map((side) => side.values)), most(sides.map((side) => side.presence))];
  const id = `leak:${feature.name}`;
  if (values >= LEAK_AUROC) {
    return [
      fail(id, `${feature.label}: this column alone tells the outcome nearly perfectly. Was it written after the outcome was known?`),
    ];
  }
  if (presence >= LEAK_AUROC) {
    return [
      fail(id, `${feature.label}: whether it was measured tells the outcome nearly perfectly. Was it written after the outcome was known?`),
    ];
  }
  return [];
}
