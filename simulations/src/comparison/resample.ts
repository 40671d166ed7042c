/** Resampled patients: each site's rows drawn again from that site, as often as it has rows (bootstrap stratified by site). */
import { randomStream, sha256, utf8Bytes } from '@consilium/shared/crypto';
import type { TestRows } from './test-rows.ts';

export const RESAMPLES = 1000;

/**
 * Draws one after another; the same rows give the same draws, so every model is judged on the same patients.
 *
 * @param each - Gets how often each row was drawn, shape (rows,). The array is used again for the next draw.
 */
export function resampleWithinSites(rows: TestRows, resamples: number, each: (counts: Uint16Array, draw: number) => void): void {
  const { below } = randomStream(sha256(utf8Bytes('bootstrap')));
  const members = rows.sites.map(() => [] as number[]);
  for (const [row, site] of rows.site.entries()) members[site]?.push(row);
  const counts = new Uint16Array(rows.length);
  for (let draw = 0; draw < resamples; draw++) {
    counts.fill(0);
    for (const group of members) for (let i = 0; i < group.length; i++) counts[group[below(group.length)]!]! += 1;
    each(counts, draw);
  }
}

/** The middle 95 % of the draws; null when a draw was undefined too often to say it. */
export function interval95(draws: readonly number[]): readonly [number, number] | null {
  const sorted = draws.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length < draws.length * 0.9 || sorted.length === 0) return null;
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
