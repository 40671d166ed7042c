/** Before and after a conversion: what the mapping page draws, for this hospital's eyes only. */
import type { RawTable } from '../reading/index.ts';
import type { Feature } from './dictionary.ts';
import { plainColumn } from './mapping.ts';
import { quantityOf } from './quantities.ts';
import { cellText, evenRows } from './raw-access.ts';
import { numberReader } from './readers.ts';
import { candidateConversions, median, planUnit } from './unit-detective.ts';

export interface Histogram {
  readonly low: number;
  readonly high: number;
  /** Values in each of equally wide bins. */
  readonly counts: readonly number[];
  /** Share inside the plan's range, 0 to 1. */
  readonly inRange: number;
  readonly median: number;
}

export interface UnitPreview {
  readonly before: Histogram;
  readonly after: Histogram;
  /** The plan's unit, its range, and the consortium's published mean where there is one. */
  readonly unit: string | null;
  readonly range: readonly [number, number];
  readonly publishedMean: number | null;
}

const BINS = 24;
const SAMPLE = 20_000;

/** The units a person can choose for a feature's column, the plan's first; empty where the plan's unit is none of the known ones. */
export function unitChoices(feature: Feature): string[] {
  if (feature.type !== 'number') return [];
  const quantity = quantityOf(feature);
  const unit = planUnit(feature, quantity);
  return unit === null ? [] : [unit, ...candidateConversions(unit, quantity).map(({ from }) => from)];
}

/**
 * Shows what a unit does to a column.
 *
 * @param unit - The unit chosen for the column; null: the plan's.
 */
export function unitPreview(
  raw: RawTable,
  feature: Extract<Feature, { type: 'number' }>,
  column: string,
  unit: string | null,
  publishedMean: number | null = null,
): UnitPreview {
  const at = raw.columns.indexOf(column);
  const valuesIn = (from: string | null): Float64Array => {
    const read = numberReader(raw, feature, { mapping: { ...plainColumn(column), unit: from }, at, untilAt: null }, null);
    const values = evenRows(raw, SAMPLE).map((row) => read(cellText(raw, row, at), row));
    return Float64Array.from(values.filter((value): value is number => typeof value === 'number' && !Number.isNaN(value)));
  };
  const describe = (values: Float64Array) => histogram(values, feature.range);
  return {
    before: describe(valuesIn(null)),
    after: describe(valuesIn(unit)),
    unit: feature.unit ?? null,
    range: feature.range,
    publishedMean,
  };
}

function histogram(values: Float64Array, [low, high]: readonly [number, number]): Histogram {
  const sorted = Float64Array.from(values).sort();
  const [first, last] = [sorted[0] ?? low, sorted.at(-1) ?? high];
  const width = last > first ? (last - first) / BINS : 1;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.min(BINS - 1, Math.floor((value - first) / width));
    counts[bin] = counts[bin]! + 1;
  }
  const inside = values.filter((value) => value >= low && value <= high).length;
  return { low: first, high: last, counts, inRange: values.length === 0 ? 0 : inside / values.length, median: median(values) };
}
