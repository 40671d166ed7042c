/**
 * The two numbers every site computes for itself before it shares a key.
 *
 * Rules: any two sets of t sites have more than c in common, so no coordinator with c colluders gets two answers about
 * different cohorts; a sum over the minimum leaves at least two honest sites' vectors added up. Source: docs/protocol.md §3.
 */

/**
 * @param sites - Sites that advertise, n.
 * @param colluders - Colluding sites tolerated, c, at least 1.
 * @param minimum - The smallest cohort the plan and the site's own policy accept.
 * @returns t = max(⌊2n/3⌋ + 1, ⌊(n + c)/2⌋ + 1), and the minimum, at least 3 and c + 2. A round needs n ≥ minimum; then t ≤ n.
 * @throws RangeError on numbers that are not integers, n below 1 or c below 1.
 * @example thresholds(4, 1, 3) // { threshold: 3, minimum: 3 }
 */
export function thresholds(sites: number, colluders: number, minimum: number): { readonly threshold: number; readonly minimum: number } {
  if (!Number.isSafeInteger(sites) || sites < 1) throw new RangeError(`thresholds: expected at least one site, got ${sites}`);
  if (!Number.isSafeInteger(colluders) || colluders < 1)
    throw new RangeError(`thresholds: expected at least one colluder, got ${colluders}`);
  if (!Number.isSafeInteger(minimum) || minimum < 0) throw new RangeError(`thresholds: expected a minimum, got ${minimum}`);
  const threshold = Math.max(Math.floor((2 * sites) / 3) + 1, Math.floor((sites + colluders) / 2) + 1);
  return { threshold, minimum: Math.max(3, colluders + 2, minimum) };
}
