/**
 * What changed from one version of a plan to the next, entry by entry; and whether the two together can isolate patients.
 *
 * Rule: two sums over almost the same patients differ by the patients that only one of them counts. A change of who is counted, or of what
 * counts as the outcome, is marked; other changes beside it do not take the mark away, else a changed title would.
 * Source: protocol.md §2 and §3, "Differencing guard".
 */
import type { Plan } from './plan.ts';

export interface PlanChange {
  /** Where, as in `features.age.range`. */
  readonly path: string;
  /** Plain JSON; undefined where the version has no such entry. */
  readonly before: unknown;
  readonly after: unknown;
  /** Whether it changes which patients are counted, or as what. */
  readonly selects: boolean;
}

export interface PlanDifference {
  readonly changes: readonly PlanChange[];
  readonly canIsolate: boolean;
}

/** Differ between any two versions and say nothing of their content. */
const CHAIN = new Set(['version', 'previous']);

/** Keys of a plan whose change moves patients into or out of a sum, or from one class to another. */
const SELECTING: readonly RegExp[] = [
  /^population$/,
  /^source(\.|$)/,
  /^outcomes\.[^.]+($|\.(column|positive|event|time|horizon|intervals|longest|range|codes|landmark|task)(\.|$))/,
  /^features\.[^.]+\.(range|codes|missing|column|unit|type|required)(\.|$)/,
  /^split(\.|$)/,
  /^preprocess\.(impute|unavailable)$/,
  /^treatment(\.(column|treated|comparator|timeZero|eligibility|followUp)(\.|$)|$)/,
  /^evaluation\.(subgroups|thresholds|smallestCell)(\.|$)/,
];

/**
 * Compares two versions.
 *
 * @param before - The plan that was signed.
 * @param after - The plan that is to be signed.
 * @returns Changes in the order of the keys of `after`; entries with a name are matched by it, others by their place.
 */
export function planDifference(before: Plan, after: Plan): PlanDifference {
  const dropsRows = [before, after].some(
    ({ preprocess: { impute, unavailable } }) => impute === 'drop-row' || unavailable === 'exclude-site',
  );
  const changes = [...differences(before, after, [])]
    .filter(({ path }) => !CHAIN.has(path))
    .map((change) => ({ ...change, selects: isSelecting(change, dropsRows) }));
  return { changes, canIsolate: changes.some(({ selects }) => selects) };
}

type Change = Omit<PlanChange, 'selects'>;

function* differences(before: unknown, after: unknown, path: readonly string[]): Generator<Change> {
  const [old, next] = [membersOf(before), membersOf(after)];
  if (old !== null && next !== null) {
    const keys = [...next.keys(), ...[...old.keys()].filter((key) => !next.has(key))];
    for (const key of keys) yield* differences(old.get(key), next.get(key), [...path, key]);
    return;
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  yield { path: path.join('.'), before, after };
}

/** Objects and lists of named things as maps; everything else is compared whole. */
function membersOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const names = value.map((entry: unknown) => (entry as { readonly name?: unknown } | null)?.name);
  if (value.length === 0 || !names.every((name) => typeof name === 'string') || new Set(names).size < names.length) return null;
  return new Map(value.map((entry, at) => [String(names[at]), entry]));
}

/** A field that comes or goes moves no patient, save where a gap in it leaves the patient out. */
function isSelecting({ path, before, after }: Change, dropsRows: boolean): boolean {
  const isWholeFeature = /^features\.[^.]+$/.test(path) && (before === undefined || after === undefined);
  return isWholeFeature ? dropsRows : SELECTING.some((pattern) => pattern.test(path));
}
