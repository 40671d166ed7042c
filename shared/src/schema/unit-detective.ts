/**
 * Finds columns that are written in another unit than the plan's: all of them, or some of their values. What it finds is stopped and shown
 * with a proposal; nothing is converted without a person's word. It compares with how a quantity is spread among patients, with the
 * consortium's published mean where one is given, and with the plan's range.
 */
import type { Feature } from './dictionary.ts';
import { type Conversion, conversionBetween, convert, type Quantity, quantityOf } from './quantities.ts';
import { normalizeUnit, unitNamed, unitsOf } from './units.ts';

export type NumberFeature = Extract<Feature, { type: 'number' }>;

/** Mean and standard deviation that a consortium has published for a feature, in the plan's unit. */
export interface PublishedSpread {
  readonly mean: number;
  readonly sd: number;
}

export interface UnitSuspicion {
  /** `whole`: the column; `mixed`: some of its values. */
  readonly kind: 'whole' | 'mixed';
  /** The unit they seem to be in, and what brings them to the plan's. */
  readonly conversion: Conversion;
  /** Positions of the values in question, from 0; every value for `whole`. */
  readonly rows: readonly number[];
  readonly medianBefore: number;
  readonly medianAfter: number;
}

interface Expected {
  /** How far a value lies from the usual, in standard deviations, ≥ 0; the value is in the plan's unit. */
  readonly distance: (value: number) => number;
  /** Of a factor: how many standard deviations it moves a value; Infinity for what is no factor. */
  readonly reach: (conversion: Conversion) => number;
}

const FEWEST_VALUES = 5;

/**
 * Looks for another unit.
 *
 * @param feature - A number of the plan.
 * @param values - As the file gives them, in what is said to be the plan's unit; NaN where missing; before the range is applied.
 * @param published - The consortium's mean and spread, if there is one.
 * @returns Null when the values fit as they are, or no known unit makes them fit.
 */
export function suspectUnit(feature: NumberFeature, values: Float64Array, published: PublishedSpread | null = null): UnitSuspicion | null {
  const quantity = quantityOf(feature);
  const unit = planUnit(feature, quantity);
  if (unit === null) return null;
  const known = values.filter((value) => !Number.isNaN(value) && value > 0);
  if (known.length < FEWEST_VALUES) return null;
  const candidates = candidateConversions(unit, quantity);
  const expected = expectedSpread(feature, unit, quantity, published);
  return wholeColumn(feature, values, known, candidates, expected) ?? (expected ? mixedColumn(values, known, candidates, expected) : null);
}

/** The plan's unit in UCUM; where the plan has none, the one of the quantity's units whose usual value lies in the range. */
export function planUnit(feature: NumberFeature, quantity: Quantity | null): string | null {
  const written = feature.unit === undefined ? null : normalizeUnit(feature.unit);
  if (written !== null || quantity === null) return written;
  const [low, high] = feature.range;
  const fits = [quantity.unit, ...quantity.others].filter((unit) => {
    const conversion = conversionBetween(quantity.unit, unit, quantity);
    const usual = conversion === null ? Number.NaN : convert(conversion, quantity.median);
    return usual > low && usual < high && usual - low > (high - low) / 50;
  });
  return fits[0] ?? null;
}

/** From each unit a hospital might have used to the plan's. */
export function candidateConversions(unit: string, quantity: Quantity | null): Conversion[] {
  const dimension = unitNamed(unit)?.dimension;
  const others = quantity !== null ? quantity.others : dimension === undefined ? [] : unitsOf(dimension).map(({ ucum }) => ucum);
  return others
    .filter((other) => other !== unit)
    .map((other) => conversionBetween(other, unit, quantity))
    .filter((conversion): conversion is Conversion => conversion !== null && (conversion.scale !== 1 || conversion.shift !== 0));
}

function expectedSpread(
  feature: NumberFeature,
  unit: string,
  quantity: Quantity | null,
  published: PublishedSpread | null,
): Expected | null {
  const toUsual = quantity === null ? null : conversionBetween(unit, quantity.unit, quantity);
  if (published !== null && published.sd > 0 && published.mean > 0) {
    const relative = Math.max(published.sd / published.mean, 0.02);
    const spread = Math.sqrt(Math.log1p(relative * relative));
    const center = Math.log(published.mean) - (spread * spread) / 2;
    return { distance: (value) => logDistance(value, center, spread), reach: ({ scale }) => Math.abs(Math.log(scale)) / spread };
  }
  if (quantity === null || toUsual === null) return null;
  const back = conversionBetween(quantity.unit, unit, quantity);
  const usual = back === null ? Number.NaN : convert(back, quantity.median);
  if (!(usual >= feature.range[0] && usual <= feature.range[1])) return null; // the plan means something else by this name
  const center = Math.log(quantity.median);
  return {
    distance: (value) => logDistance(convert(toUsual, value), center, quantity.spread),
    reach: ({ scale, shift }) => (shift === 0 ? Math.abs(Math.log(scale)) / quantity.spread : Number.POSITIVE_INFINITY),
  };
}

const logDistance = (value: number, center: number, spread: number): number =>
  value > 0 ? Math.abs(Math.log(value) - center) / spread : Number.POSITIVE_INFINITY;

function wholeColumn(
  { range: [low, high] }: NumberFeature,
  values: Float64Array,
  known: Float64Array,
  candidates: readonly Conversion[],
  expected: Expected | null,
): UnitSuspicion | null {
  const inside = (change: (value: number) => number) => {
    let count = 0;
    for (const value of known) {
      const changed = change(value);
      if (changed >= low && changed <= high) count += 1;
    }
    return count / known.length;
  };
  const middle = median(known);
  const insideBefore = inside((value) => value);
  const distanceBefore = expected?.distance(middle) ?? Number.NaN;
  const scored = candidates
    .map((conversion) => ({
      conversion,
      insideAfter: inside((value) => convert(conversion, value)),
      distanceAfter: expected?.distance(convert(conversion, middle)) ?? Number.NaN,
    }))
    .filter(({ insideAfter, distanceAfter }) => {
      if (expected === null) return insideBefore < 0.5 && insideAfter >= 0.9;
      if (insideAfter < 0.7 || !(distanceAfter < distanceBefore)) return false;
      if (insideBefore < 0.5 && insideAfter >= 0.9 && distanceAfter < 3) return true;
      return (
        (distanceBefore >= 3 && distanceAfter <= 1.75 && distanceAfter < distanceBefore / 2) ||
        (distanceBefore >= 2 && distanceAfter <= 0.75)
      );
    })
    .sort((a, b) => (expected === null ? b.insideAfter - a.insideAfter || nearness(a) - nearness(b) : a.distanceAfter - b.distanceAfter));
  const best = scored[0];
  if (best === undefined) return null;
  const rows = positions(values, (value) => !Number.isNaN(value));
  return { kind: 'whole', conversion: best.conversion, rows, medianBefore: middle, medianAfter: convert(best.conversion, middle) };
}

const nearness = ({ conversion }: { readonly conversion: Conversion }): number => Math.abs(Math.log(Math.abs(conversion.scale)));

/** Two clusters: values that are far from the usual, and usual once converted. */
function mixedColumn(
  values: Float64Array,
  known: Float64Array,
  candidates: readonly Conversion[],
  expected: Expected,
): UnitSuspicion | null {
  let best: { readonly conversion: Conversion; readonly rows: number[]; readonly gain: number } | null = null;
  for (const conversion of candidates) {
    const reach = expected.reach(conversion);
    if (reach < 3) continue;
    let natives = 0;
    let gain = 0;
    const rows = positions(values, (value) => {
      if (Number.isNaN(value) || value <= 0) return false;
      const before = expected.distance(value);
      if (before <= 2.5) natives += 1;
      const after = expected.distance(convert(conversion, value));
      const isForeign = before >= 3 && after <= 2 && before - after >= 2;
      if (isForeign) gain += before - after;
      return isForeign;
    });
    const fewest =
      reach >= 6.5 ? Math.max(2, 0.005 * known.length) : reach >= 5 ? Math.max(3, 0.1 * known.length) : Math.max(3, 0.2 * known.length);
    if (rows.length < fewest || natives < 2) continue;
    if (best === null || gain > best.gain) best = { conversion, rows, gain };
  }
  if (best === null) return null;
  const foreign = median(Float64Array.from(best.rows, (row) => values[row]!));
  return {
    kind: 'mixed',
    conversion: best.conversion,
    rows: best.rows,
    medianBefore: foreign,
    medianAfter: convert(best.conversion, foreign),
  };
}

function positions(values: Float64Array, test: (value: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (test(values[row]!)) rows.push(row);
  return rows;
}

/** The middle value; NaN of none. */
export function median(values: Float64Array): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
