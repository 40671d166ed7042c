/**
 * From the summed statistics to each column's mean and standard deviation, the same bytes at every site: only
 * + − × ÷ √ of the sum are used (learning.md §2.3, protocol.md §3).
 */
import { minimumContributors, type Plan } from '../study/index.ts';
import { type DesignColumn, designColumns } from './columns.ts';
import { type OutcomeScaling, outcomeNames, outcomeScaling } from './outcome-statistics.ts';
import { curveMoments, isSpline, knotsOf, VALUE_BINS } from './spline.ts';
import { statisticsNames } from './statistics.ts';
import { fromUnit } from './unit-range.ts';

/** Fewest training patients with and without a code; a rarer one would be a label of a few patients. */
const FEWEST_PATIENTS = 10;

export interface ScaledColumn {
  readonly name: string;
  readonly feature: string;
  /** Position of the code this column marks; null for a number. */
  readonly level: number | null;
  /** Which curved part of a spline; null for every other column. */
  readonly curve: number | null;
  /** Of a curved part, in the feature's unit; null for every other column. */
  readonly knots: readonly number[] | null;
  /** The columns whose scaled values are multiplied; null for every other column. A product has mean 0 and SD 1 by definition. */
  readonly product: readonly [string, string] | null;
  /** Over observed training values of all sites, in the feature's unit. */
  readonly mean: number;
  /** With n − 1; 1 for a constant column. */
  readonly sd: number;
  /** Observed training values. */
  readonly observed: number;
  /** Whether the model sees it. */
  readonly used: boolean;
}

export interface Scaling {
  /** Every design column of the plan, unused ones too. */
  readonly columns: readonly ScaledColumn[];
  /** Training rows in the sum. */
  readonly rows: number;
  /** With an outcome above 0. */
  readonly events: number;
  readonly sites: number;
  /** By outcome name, the harms too. */
  readonly outcomes: { readonly [name: string]: OutcomeScaling };
  /** Sentences on columns that were left out, merged or constant. */
  readonly notes: readonly string[];
}

interface Moments {
  readonly observed: number;
  readonly mean: number;
  readonly sd: number;
  readonly sites: number;
  /** Fewest patients on one side of a 0/1 column; null for a number. */
  readonly smaller: number | null;
}

/**
 * Derives the shared scaling.
 *
 * @param plan - A parsed plan.
 * @param sums - The secure sum of `siteStatistics` over the sites, decoded, shape as `statisticsNames(plan)`.
 * @returns One entry a design column. A column is used if enough sites contribute to it (protocol.md §3, minimum) and, for
 *   a code, at least 10 training patients have it and 10 do not; a category's unused code is merged with its reference.
 * @throws RangeError if `sums` has another length.
 */
export function scalingFrom(plan: Plan, sums: Float64Array): Scaling {
  const names = statisticsNames(plan);
  if (sums.length !== names.length) throw new RangeError(`scalingFrom: expected ${names.length} sums, got ${sums.length}`);
  const entry = new Map(names.map((name, index) => [name, sums[index]!]));
  const minimum = minimumContributors(plan);
  const notes: string[] = [];
  const known = new Map<string, ScaledColumn>();
  for (const column of designColumns(plan)) {
    const { name } = column;
    const scaled =
      column.product !== null
        ? scaledProduct(column, column.product, { known, entry, minimum, notes })
        : column.curve !== null
          ? scaledCurve(column, column.curve, { known, entry, notes })
          : scaledFeature(column);
    known.set(name, scaled);
  }
  const columns = [...known.values()];
  function scaledFeature(column: DesignColumn): ScaledColumn {
    const { observed, mean, sd, sites, smaller } =
      column.level === null ? numberMoments(column, entry) : levelMoments(column, column.level, entry);
    const obstacle =
      sites < minimum
        ? `fewer than ${minimum} hospitals have it`
        : smaller !== null && smaller < FEWEST_PATIENTS
          ? `fewer than ${FEWEST_PATIENTS} patients are on one side of it`
          : null;
    if (obstacle !== null)
      notes.push(`${column.name} is ${column.feature.type === 'category' ? 'merged with the reference' : 'left out'}: ${obstacle}.`);
    else if (sd === 0) notes.push(`${column.name} is the same for every patient.`);
    return {
      name: column.name,
      feature: column.feature.name,
      level: column.level,
      curve: null,
      knots: null,
      product: null,
      mean,
      sd: sd === 0 ? 1 : sd,
      observed,
      used: obstacle === null,
    };
  }
  const outcomes = Object.fromEntries(
    plan.outcomes.map((outcome) => [
      outcome.name,
      outcomeScaling(
        outcome,
        outcomeNames(outcome).map((name) => entry.get(name)!),
      ),
    ]),
  );
  return { columns, rows: entry.get('rows')!, events: entry.get('events')!, sites: entry.get('sites')!, outcomes, notes };
}

function numberMoments({ name, feature }: DesignColumn, entry: ReadonlyMap<string, number>): Moments {
  if (feature.type !== 'number') throw new RangeError('numberMoments: expected a number');
  const observed = entry.get(`${name}:observed`)!;
  const sum = entry.get(`${name}:sum`)!;
  const mapped = observed > 0 ? sum / observed : 0;
  const deviation = spread(observed, entry.get(`${name}:squares`)! - sum * mapped);
  const [low, high] = feature.range;
  return {
    observed,
    mean: fromUnit(feature.range, mapped),
    sd: (deviation * (high - low)) / 2,
    sites: entry.get(`${name}:sites`)!,
    smaller: null,
  };
}

function levelMoments({ feature }: DesignColumn, level: number, entry: ReadonlyMap<string, number>): Moments {
  if (feature.type === 'number') throw new RangeError('levelMoments: expected codes');
  const counts = feature.codes.map(({ code }) => entry.get(`${feature.name}=${code}:count`)!);
  const observed = counts.reduce((total, count) => total + count, 0);
  const count = counts[level]!;
  const mean = observed > 0 ? count / observed : 0;
  const sites = entry.get(`${feature.name}=${feature.codes[level]!.code}:sites`)!;
  return { observed, mean, sd: spread(observed, count - count * mean), sites, smaller: Math.min(count, observed - count) };
}

interface Known {
  /** The columns before this one. */
  readonly known: ReadonlyMap<string, ScaledColumn>;
  readonly entry: ReadonlyMap<string, number>;
  readonly notes: string[];
}

/** A curved part, used with its straight one and where there are knots enough. */
function scaledCurve({ name, feature }: DesignColumn, curve: number, { known, entry, notes }: Known): ScaledColumn {
  if (!isSpline(feature)) throw new RangeError('scaledCurve: expected a spline');
  const straight = known.get(feature.name);
  const bins = Array.from({ length: VALUE_BINS }, (_, bin) => entry.get(`${feature.name}:in#${bin}`)!);
  const knots = knotsOf(feature, bins);
  const { mean, sd } = knots.length < curve + 3 ? { mean: 0, sd: 0 } : curveMoments(feature, knots, curve, bins);
  const used = straight?.used === true && sd > 0;
  if (straight?.used === true && !used)
    notes.push(`${name} is left out: the values of ${feature.name} lie too close together for this bend.`);
  if (used && curve === 0)
    notes.push(
      `${feature.name} enters as a curve with knots at ${knots.join(', ')}${feature.unit === undefined ? '' : ` ${feature.unit}`}.`,
    );
  const observed = straight?.observed ?? 0;
  return { name, feature: feature.name, level: null, curve, knots, product: null, mean, sd: sd > 0 ? sd : 1, observed, used };
}

/** A product, used with both of its columns and, of two codes, where enough patients have both and enough only one. */
function scaledProduct(
  { name, feature }: DesignColumn,
  product: readonly [string, string],
  { known, entry, minimum, notes }: Known & { readonly minimum: number },
): ScaledColumn {
  const parents = product.map((parent) => known.get(parent));
  const count = entry.get(`${name}:count`);
  const least = parents.reduce(
    (fewest, parent) => Math.min(fewest, Math.round((parent?.mean ?? 0) * (parent?.observed ?? 0))),
    Number.POSITIVE_INFINITY,
  );
  const obstacle = parents.some((parent) => parent?.used !== true)
    ? 'one of its two columns is left out'
    : count === undefined
      ? null
      : entry.get(`${name}:sites`)! < minimum
        ? `fewer than ${minimum} hospitals have it`
        : count < FEWEST_PATIENTS || least - count < FEWEST_PATIENTS
          ? `fewer than ${FEWEST_PATIENTS} patients are on one side of it`
          : null;
  if (obstacle !== null) notes.push(`${name} is left out: ${obstacle}.`);
  const observed = parents.reduce((fewest, parent) => Math.min(fewest, parent?.observed ?? 0), Number.POSITIVE_INFINITY);
  return { name, feature: feature.name, level: null, curve: null, knots: null, product, mean: 0, sd: 1, observed, used: obstacle === null };
}

/** Standard deviation with n − 1 from a sum of squared deviations; what fixed-point rounding leaves of a zero is zero. */
function spread(observed: number, squaredDeviations: number): number {
  return observed > 1 && squaredDeviations > 1e-10 * observed ? Math.sqrt(squaredDeviations / (observed - 1)) : 0;
}
