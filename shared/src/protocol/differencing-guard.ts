/**
 * Differencing guard: do several released sums over the same rows, added and subtracted with any factors, leave the sum of fewer hospitals
 * than the minimum? Each sum is the 0/1 vector of its contributors; what can be left is their rational span, so pairs are not enough:
 * {4,5,6,7} + {1,2,3} − {1,…,6} shows hospital 7, and no two of the three come below three.
 *
 * Hospitals that were in the same sums cannot be told apart and are one class. A vector with fewer than the minimum is searched for class by
 * class: it is zero there (which takes one dimension away) or not (which uses up the class's size). Integers of any length: exact.
 *
 * Source: docs/protocol.md, "Differencing guard". The search is the one for low-weight words of a linear code; that problem is hard in general,
 * so the number of steps is bounded and a search that is not finished counts as a danger.
 */

/** Steps after which the guard gives up: far above what sums of one study need, and below a second. */
export const MOST_GUARD_STEPS = 20_000;

export type GuardFinding =
  | { readonly kind: 'safe' }
  /** These hospitals, fewer than the minimum, are all that some combination leaves. */
  | { readonly kind: 'isolates'; readonly sites: readonly number[] }
  /** The search was too long; treated like a danger. */
  | { readonly kind: 'undecided' };

interface Class {
  /** For each cohort whether these sites are in it. */
  readonly members: readonly boolean[];
  readonly sites: readonly number[];
}

type Vector = readonly bigint[];

/**
 * Whether the sums of these cohorts, in any linear combination, leave fewer contributors than the minimum.
 *
 * @param cohorts - Contributors of each sum over the same rows, as roster indices; repeats and order do not matter.
 * @param minimum - Fewest contributors that may be left, at least 1.
 * @param mostSteps - Bound of the search.
 * @example findIsolation([[1, 2, 3, 4], [1, 2, 3]], 3) // { kind: 'isolates', sites: [4] }
 */
export function findIsolation(cohorts: readonly (readonly number[])[], minimum: number, mostSteps = MOST_GUARD_STEPS): GuardFinding {
  const classes = classesOf(cohorts);
  let steps = 0;

  /** Sites of `chosen` and of none else that carry a vector of the span, or null. */
  function search(basis: readonly Vector[], from: number, chosen: readonly Class[], size: number): readonly Class[] | null {
    steps += 1;
    if (steps > mostSteps || basis.length === 0) return null;
    let at = from;
    while (at < classes.length && basis.every((vector) => vector[at] === 0n)) at += 1;
    const next = classes[at];
    if (next === undefined) return chosen; // what is left of the span is zero on every class but the chosen ones
    const without = search(vanishingAt(basis, at), at + 1, chosen, size);
    if (without !== null || size + next.sites.length >= minimum) return without;
    return search(basis, at + 1, [...chosen, next], size + next.sites.length);
  }

  const found = search(independent(cohorts.map((_, k) => classes.map(({ members }) => (members[k] ? 1n : 0n)))), 0, [], 0);
  if (found !== null) return { kind: 'isolates', sites: found.flatMap(({ sites }) => sites).sort((a, b) => a - b) };
  return steps > mostSteps ? { kind: 'undecided' } : { kind: 'safe' };
}

/** Sites by the sums they are in; large classes first, because a large class can only be zero and takes a dimension away at once. */
function classesOf(cohorts: readonly (readonly number[])[]): readonly Class[] {
  const byPattern = new Map<string, { readonly members: readonly boolean[]; readonly sites: number[] }>();
  const sets = cohorts.map((cohort) => new Set(cohort));
  for (const site of new Set(cohorts.flat())) {
    const members = sets.map((set) => set.has(site));
    const pattern = members.map(Number).join('');
    const known = byPattern.get(pattern);
    if (known === undefined) byPattern.set(pattern, { members, sites: [site] });
    else known.sites.push(site);
  }
  return [...byPattern.values()].sort((a, b) => b.sites.length - a.sites.length);
}

/** A basis of the same span. */
function independent(vectors: readonly Vector[]): readonly Vector[] {
  const kept: Vector[] = [];
  let rest = vectors;
  for (let column = 0; column < (vectors[0]?.length ?? 0); column++) {
    const pivot = rest.find((vector) => vector[column] !== 0n);
    if (pivot === undefined) continue;
    kept.push(pivot);
    rest = cancelled(rest, pivot, column);
  }
  return kept;
}

/** A basis of those vectors of the span that are zero at a column; at least one of the basis is not. */
function vanishingAt(basis: readonly Vector[], column: number): readonly Vector[] {
  const pivot = basis.find((vector) => vector[column] !== 0n)!;
  return cancelled(basis, pivot, column);
}

/** Every vector but the pivot, with the multiple of the pivot taken away that makes it zero at the column. */
function cancelled(vectors: readonly Vector[], pivot: Vector, column: number): readonly Vector[] {
  const p = pivot[column]!;
  return vectors
    .filter((vector) => vector !== pivot)
    .map((vector) => {
      const v = vector[column]!;
      return v === 0n ? vector : primitive(vector.map((entry, i) => entry * p - pivot[i]! * v));
    });
}

/** Divided by the greatest common divisor of its entries, so that numbers stay short. */
function primitive(vector: Vector): Vector {
  let divisor = 0n;
  for (const entry of vector) divisor = greatestCommonDivisor(divisor, entry < 0n ? -entry : entry);
  return divisor <= 1n ? vector : vector.map((entry) => entry / divisor);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
