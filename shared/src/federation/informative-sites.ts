/**
 * How many sites have enough test patients of each class. Known before any model is evaluated, so that no part of an evaluation is
 * ever a sum of fewer sites than the minimum: if only one hospital had both classes, "the sum of pair counts" would be its own.
 */
import { minimumContributors, type Plan } from '../study/index.ts';

export interface InformativeSites {
  readonly events: number;
  readonly nonEvents: number;
  /** Sites with enough of both. */
  readonly both: number;
}

/** Entries for each outcome that follow the statistics in the first sum. */
export const INFORMATIVE_LENGTH = 3;

/** One site's part: 1 where it has enough patients of the class among its test rows. */
export function informativeEntries(plan: Plan, { events, nonEvents }: { readonly events: number; readonly nonEvents: number }): number[] {
  const isEnough = (count: number): boolean => count >= plan.evaluation.smallestCell;
  return [isEnough(events), isEnough(nonEvents), isEnough(events) && isEnough(nonEvents)].map(Number);
}

/** Reads the sum of `informativeEntries`. */
export function readInformative(sums: ArrayLike<number>): InformativeSites {
  const [events = 0, nonEvents = 0, both = 0] = Array.from(sums, Math.round);
  return { events, nonEvents, both };
}

/**
 * Whether the counts hold for any contributors: a part that is asked for is shared by all sites, so that leaving some of them out of
 * the sum cannot make it one of fewer sites than the minimum.
 *
 * @param sites - Sites on the roster.
 */
export function isSharedInAnyCohort(plan: Plan, { events, nonEvents, both }: InformativeSites, sites: number): boolean {
  const minimum = minimumContributors(plan);
  return [events, nonEvents, both].every((count) => count < minimum || count === sites);
}

/**
 * Empties the parts of a site's evaluation that too few sites would share.
 *
 * @param names - Names of the entries, which say whose patients they count.
 * @param sums - A site's part; not changed.
 */
export function withholdLonelyParts(plan: Plan, informative: InformativeSites, names: readonly string[], sums: Float64Array): Float64Array {
  const minimum = minimumContributors(plan);
  return sums.map((value, i) => (sharersOf(names[i] ?? '', informative) < minimum ? 0 : value));
}

function sharersOf(name: string, { events, nonEvents, both }: InformativeSites): number {
  if (/^events[#:]/.test(name)) return events;
  if (/^nonEvents[#:]/.test(name)) return nonEvents;
  if (name.startsWith('both:')) return both;
  return ['concordantPairs', 'pairs', 'pairVariance', 'informativeSites'].includes(name) ? both : Number.POSITIVE_INFINITY;
}
