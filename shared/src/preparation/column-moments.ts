/**
 * Mean, spread and support of one design column from the summed statistics, and whether it has support enough (learning.md §2.3): with
 * fewer hospitals or patients on a side, a column would be a label of a few patients or of one hospital.
 */
import type { DesignColumn } from './columns.ts';
import { fromUnit } from './unit-range.ts';

/** Fewest training patients on either side of a column. */
export const FEWEST_PATIENTS = 10;

/** The summed statistics by name, as in `statisticsNames`. */
export type SumEntries = ReadonlyMap<string, number>;

export interface Moments {
  /** Training patients the column is known of. */
  readonly observed: number;
  readonly mean: number;
  /** With n − 1; 0 for a constant. */
  readonly sd: number;
  /** Sites with patients on the marked side (of a number: with a value; of an indicator: with both), and at least so many on the other. */
  readonly sites: number;
  readonly sitesWithout: number;
  /** Fewest patients on one side of a 0/1 column; patients with a value of a number. */
  readonly smaller: number;
  readonly isNumber: boolean;
}

export function columnMoments(column: DesignColumn, entry: SumEntries): Moments {
  if (column.level === null) return numberMoments(column, entry);
  return column.level === 'missing' ? missingMoments(column, entry) : levelMoments(column, column.level, entry);
}

/** Why a column cannot be used, in words; null where it can. */
export function obstacleOf({ sites, sitesWithout, smaller, isNumber, sd }: Moments, minimum: number): string | null {
  if (sites < minimum) return `fewer than ${minimum} hospitals have it`;
  if (smaller < FEWEST_PATIENTS)
    return isNumber
      ? `fewer than ${FEWEST_PATIENTS} patients have a value`
      : `fewer than ${FEWEST_PATIENTS} patients are on one side of it`;
  if (sitesWithout < minimum) return `fewer than ${minimum} hospitals have patients without it`;
  // It would tell no two patients apart, and a fit without a penalty would have no single answer.
  return sd === 0 ? 'it is the same for every patient' : null;
}

function numberMoments({ name, feature }: DesignColumn, entry: SumEntries): Moments {
  if (feature.type !== 'number') throw new RangeError('numberMoments: expected a number');
  const observed = entry.get(`${name}:observed`)!;
  const sum = entry.get(`${name}:sum`)!;
  const mapped = observed > 0 ? sum / observed : 0;
  const deviation = spread(observed, entry.get(`${name}:squares`)! - sum * mapped);
  const [low, high] = feature.range;
  const sites = entry.get(`${name}:sites`)!;
  const [mean, sd] = [fromUnit(feature.range, mapped), (deviation * (high - low)) / 2];
  return { observed, mean, sd, sites, sitesWithout: sites, smaller: observed, isNumber: true };
}

function levelMoments({ feature }: DesignColumn, level: number, entry: SumEntries): Moments {
  if (feature.type === 'number') throw new RangeError('levelMoments: expected codes');
  const of = (what: string) => feature.codes.map(({ code }) => entry.get(`${feature.name}=${code}:${what}`)!);
  const [counts, sites] = [of('count'), of('sites')];
  const observed = counts.reduce((total, count) => total + count, 0);
  const count = counts[level]!;
  // Sites with any other code are not in the sum; those with the most widespread other code are among them.
  const sitesWithout = Math.max(...sites.filter((_, at) => at !== level));
  return { ...shareMoments(observed, count), sites: sites[level]!, sitesWithout };
}

/** Over the hospitals that collect the feature. */
function missingMoments({ feature }: DesignColumn, entry: SumEntries): Moments {
  const missing = entry.get(`${feature.name}:missing`)!;
  const observed =
    feature.type === 'number'
      ? entry.get(`${feature.name}:observed`)!
      : feature.codes.reduce((total, { code }) => total + entry.get(`${feature.name}=${code}:count`)!, 0);
  const mixed = entry.get(`${feature.name}:mixed`)!;
  return { ...shareMoments(observed + missing, missing), sites: mixed, sitesWithout: mixed };
}

function shareMoments(observed: number, count: number): Omit<Moments, 'sites' | 'sitesWithout'> {
  const mean = observed > 0 ? count / observed : 0;
  return { observed, mean, sd: spread(observed, count - count * mean), smaller: Math.min(count, observed - count), isNumber: false };
}

/** Standard deviation with n − 1 from a sum of squared deviations; what fixed-point rounding leaves of a zero is zero. */
function spread(observed: number, squaredDeviations: number): number {
  return observed > 1 && squaredDeviations > 1e-10 * observed ? Math.sqrt(squaredDeviations / (observed - 1)) : 0;
}
