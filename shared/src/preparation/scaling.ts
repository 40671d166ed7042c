/**
 * From the summed statistics to each column's mean and standard deviation, the same bytes at every site: only
 * + − × ÷ √ of the sum are used (learning.md §2.3, protocol.md §3).
 */
import type { Feature } from '../schema/index.ts';
import { minimumContributors, type Plan } from '../study/index.ts';
import { columnMoments, FEWEST_PATIENTS, obstacleOf, type SumEntries } from './column-moments.ts';
import { type DesignColumn, designColumns } from './columns.ts';
import { type OutcomeScaling, outcomeNames, outcomeScaling } from './outcome-statistics.ts';
import { curveMoments, isSpline, knotsOf, VALUE_BINS } from './spline.ts';
import { statisticsNames } from './statistics.ts';

export interface ScaledColumn {
  readonly name: string;
  readonly feature: string;
  /** Position of the code this column marks; `missing`: that there is no value; null for a number. */
  readonly level: number | 'missing' | null;
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

/**
 * Derives the shared scaling.
 *
 * @param plan - A parsed plan.
 * @param sums - The secure sum of `siteStatistics` over the sites, decoded, shape as `statisticsNames(plan)`.
 * @returns One entry a design column. A column is used if enough sites contribute to it (protocol.md §3, minimum) and enough training
 *   patients are on either side of it (column-moments.ts); a category's unused code is merged with its reference, and a rare reference
 *   with the commonest code.
 * @throws RangeError if `sums` has another length.
 */
export function scalingFrom(plan: Plan, sums: Float64Array): Scaling {
  const names = statisticsNames(plan);
  if (sums.length !== names.length) throw new RangeError(`scalingFrom: expected ${names.length} sums, got ${sums.length}`);
  const entry = new Map(names.map((name, index) => [name, sums[index]!]));
  const minimum = minimumContributors(plan);
  const notes: string[] = [];
  const known = new Map<string, ScaledColumn>();
  const columns = designColumns(plan);
  for (const feature of plan.features) {
    const own = columns.filter((column) => column.feature === feature && column.curve === null && column.product === null);
    for (const scaled of scaledFeature(plan, feature, own, entry, minimum, notes)) known.set(scaled.name, scaled);
  }
  for (const column of columns) {
    if (column.curve !== null) known.set(column.name, scaledCurve(column, column.curve, { known, entry, notes }));
    if (column.product !== null) known.set(column.name, scaledProduct(column, column.product, { known, entry, minimum, notes }));
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
  return {
    columns: columns.map(({ name }) => known.get(name)!),
    rows: entry.get('rows')!,
    events: entry.get('events')!,
    sites: entry.get('sites')!,
    outcomes,
    notes,
  };
}

/** The straight columns of one feature and its indicator. */
function scaledFeature(
  plan: Plan,
  feature: Feature,
  own: readonly DesignColumn[],
  entry: SumEntries,
  minimum: number,
  notes: string[],
): ScaledColumn[] {
  const moments = own.map((column) => columnMoments(column, entry));
  const obstacles = own.map((column, at) => unavailable(plan, column, entry) ?? obstacleOf(moments[at]!, minimum));
  const merged = commonestBesideRareReference(feature, own, obstacles, entry, minimum);
  if (merged >= 0) obstacles[merged] = 'the reference is rare';
  const isUsed = own.some(({ level }, at) => level !== 'missing' && obstacles[at] === null);
  const scaled = own.map(({ name, level }, at): ScaledColumn => {
    const { mean, sd, observed } = moments[at]!;
    const isMark = level === 'missing';
    const obstacle = obstacles[at] ?? (isMark && !isUsed ? `${feature.name} is not used` : null);
    if (obstacle !== null) {
      const isMerged = feature.type === 'category' && !isMark && isUsed;
      notes.push(`${name} is ${isMerged ? 'merged with the reference' : 'left out'}: ${obstacle}.`);
    }
    const own = { name, feature: feature.name, level, curve: null, knots: null, product: null };
    return { ...own, mean, sd: sd === 0 ? 1 : sd, observed, used: obstacle === null };
  });
  if (isUsed && isAbsentSomewhere(feature, entry)) notes.push(absenceNote(plan, feature));
  return scaled;
}

const isAbsentSomewhere = ({ name }: Feature, entry: SumEntries): boolean => entry.get(`${name}:sites`)! < entry.get('sites')!;

function unavailable({ preprocess }: Plan, { feature }: DesignColumn, entry: SumEntries): string | null {
  return preprocess.unavailable === 'exclude-feature' && isAbsentSomewhere(feature, entry) ? 'some hospitals do not collect it' : null;
}

/** The position of the commonest used code where the reference itself is too rare to stand alone; −1 where it is not. */
function commonestBesideRareReference(
  feature: Feature,
  columns: readonly DesignColumn[],
  obstacles: readonly (string | null)[],
  entry: SumEntries,
  minimum: number,
): number {
  if (feature.type !== 'category') return -1;
  const reference = `${feature.name}=${feature.codes[0]!.code}`;
  const merged = columns.filter(({ level }, at) => level !== 'missing' && obstacles[at] !== null).map(({ name }) => name);
  const group = [reference, ...merged];
  const patients = group.reduce((total, name) => total + entry.get(`${name}:count`)!, 0);
  const sites = Math.max(...group.map((name) => entry.get(`${name}:sites`)!));
  if (patients === 0 || (patients >= FEWEST_PATIENTS && sites >= minimum)) return -1;
  const used = columns.flatMap(({ level, name }, at) => (level === 'missing' || obstacles[at] !== null ? [] : [{ name, at }]));
  const most = Math.max(...used.map(({ name }) => entry.get(`${name}:count`)!));
  return used.find(({ name }) => entry.get(`${name}:count`) === most)?.at ?? -1;
}

function absenceNote({ personal, outcomes }: Plan, { name }: Feature): string {
  const hasOwn = personal !== 'none' || outcomes.some(({ role, task }) => role === 'primary' && task === 'time-to-event');
  const rest = hasOwn ? "the hospital's own intercept takes up the rest" : 'no hospital has an intercept of its own in this plan';
  return `${name} is not collected at some hospitals: there it counts as the shared mean, and ${rest}.`;
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
