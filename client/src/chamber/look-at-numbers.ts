/** A column of numbers under a mapping: a histogram before and after its conversion, the units it may be in, codes for missing. */
import type { RawTable } from '@consilium/shared/reading';
import { type ColumnMapping, codeKey, type Feature, type Mapping, numberReader, suspectUnit, unitChoices } from '@consilium/shared/schema';
import { binValues } from './bin-values.ts';
import type { FieldView, MissingView } from './data-calls.ts';

type NumberFeature = Extract<Feature, { type: 'number' }>;

/** More rows than this are looked at evenly: enough for a picture and for judging a unit. */
const LOOKED_AT = 20_000;
const FEWEST_OF_A_CODE = 2;

export interface NumberLook {
  readonly view: Pick<FieldView, 'values' | 'missing' | 'refused' | 'histogram' | 'units' | 'missingCodes'>;
  /** The unit the values seem to be in, where that is not the one they are read in. */
  readonly suspected: string | null;
}

export function lookAtNumbers(feature: NumberFeature, raw: RawTable, entry: ColumnMapping, mapping: Mapping): NumberLook {
  const at = raw.columns.indexOf(entry.column);
  const untilAt = entry.until === null ? null : raw.columns.indexOf(entry.until);
  if (untilAt !== null && untilAt < 0)
    return { view: { values: 0, missing: 0, refused: 0, histogram: null, units: [], missingCodes: [] }, suspected: null };
  const rows = evenly(raw.rowCount, LOOKED_AT);
  const cells = rows.map((row) => raw.cell(row, at).trim());
  const valuesIn = (unit: string | null) => {
    const read = numberReader(raw, feature, { mapping: { ...entry, unit }, at, untilAt }, mapping);
    return rows.map((row, index) => read(cells[index] ?? '', row));
  };
  const before = valuesIn(null);
  const after = entry.unit === null ? before : valuesIn(entry.unit);
  const [low, high] = feature.range;
  const known = numbersOf(after);
  const refused = after.filter((value) => typeof value === 'string' || value < low || value > high).length;
  const missing = after.filter((value) => Number.isNaN(value)).length;
  const inside = (values: readonly (number | string)[]) => {
    const numbers = numbersOf(values);
    return numbers.length === 0 ? 0 : numbers.filter((value) => value >= low && value <= high).length / numbers.length;
  };
  const suspicion = entry.until === null ? suspectUnit(feature, known) : null;
  return {
    view: {
      values: after.length - refused - missing,
      missing,
      refused,
      histogram: binValues(numbersOf(before), entry.unit === null ? null : known, feature.range),
      units:
        entry.until === null
          ? unitChoices(feature).map((unit) => ({ unit, share: inside(valuesIn(unit === feature.unit ? null : unit)) }))
          : [],
      missingCodes: missingCodes(cells, entry, raw.decimal, feature),
    },
    suspected: suspicion?.conversion.from ?? null,
  };
}

function numbersOf(values: readonly (number | string)[]): Float64Array {
  return Float64Array.from(values.filter((value): value is number => typeof value === 'number' && !Number.isNaN(value)));
}

/** Texts that often stand for "missing": those taken as such, and those that look like it. */
function missingCodes(
  cells: readonly string[],
  entry: ColumnMapping,
  decimal: '.' | ',',
  { range: [low, high] }: NumberFeature,
): MissingView[] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const key = codeKey(cell, decimal);
    if (SENTINEL.test(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const text of entry.missing) if (!counts.has(text)) counts.set(text, cells.filter((cell) => codeKey(cell, decimal) === text).length);
  return [...counts]
    .map(([text, count]) => ({ text, count, accepted: entry.missing.includes(text) }))
    .filter(({ text, count, accepted }) => accepted || (count >= FEWEST_OF_A_CODE && (Number(text) < low || Number(text) > high)))
    .slice(0, 12);
}

/** −1, −9, 9, 99, 999 and their like, 0 where no patient can have it. */
const SENTINEL = /^(?:-1|-?9{1,6}|-?8{1,6}|0)$/;

function evenly(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, row) => row);
  return Array.from({ length: most }, (_, index) => Math.floor((index * (count - 1)) / (most - 1)));
}
