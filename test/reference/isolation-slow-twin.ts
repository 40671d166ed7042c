/**
 * The differencing guard from its definition: some hospitals, fewer than the minimum, carry a combination of the sums exactly when leaving
 * their columns out lowers the rank of the contributors' matrix. Every such set is tried. Ranks are computed modulo a prime above every
 * minor of the small 0/1 matrices it is used for (Hadamard: below 2^31 for up to 20 rows), so they are the ranks over the rationals.
 */
const PRIME = 2_147_483_647n;

export function isIsolatingByEnumeration(cohorts: readonly (readonly number[])[], minimum: number): boolean {
  const sites = [...new Set(cohorts.flat())];
  const whole = rankOver(cohorts, sites);
  return subsetsBelow(sites, minimum).some(
    (some) =>
      rankOver(
        cohorts,
        sites.filter((site) => !some.includes(site)),
      ) < whole,
  );
}

function subsetsBelow(sites: readonly number[], size: number): number[][] {
  let all: number[][] = [[]];
  for (const site of sites) all = [...all, ...all.filter((some) => some.length + 1 < size).map((some) => [...some, site])];
  return all;
}

function rankOver(cohorts: readonly (readonly number[])[], sites: readonly number[]): number {
  const rows: bigint[][] = cohorts.map((cohort) => sites.map((site) => (cohort.includes(site) ? 1n : 0n)));
  let rank = 0;
  for (let column = 0; column < sites.length; column++) {
    const at = rows.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (at < 0) continue;
    [rows[rank], rows[at]] = [rows[at]!, rows[rank]!];
    const inverse = power(rows[rank]![column]!, PRIME - 2n);
    for (let i = rank + 1; i < rows.length; i++) {
      const factor = (rows[i]![column]! * inverse) % PRIME;
      rows[i] = rows[i]!.map((entry, c) => (((entry - factor * rows[rank]![c]!) % PRIME) + PRIME) % PRIME);
    }
    rank += 1;
  }
  return rank;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let b = base % PRIME, e = exponent; e > 0n; e >>= 1n, b = (b * b) % PRIME) if (e & 1n) result = (result * b) % PRIME;
  return result;
}
