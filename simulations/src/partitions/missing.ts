/** Missingness skew: each site leaves a share of its own of every feature empty; the outcome and the patient's id stay. */
import type { Chance } from './chance.ts';
import type { SiteRows } from './site-rows.ts';

/**
 * @param columns - Positions of the features.
 * @param rate - The share at a typical site, in (0, 1).
 * @param sd - Spread of the log odds of the share over sites and features.
 */
export function dropValues(sites: readonly SiteRows[], columns: readonly number[], rate: number, sd: number, chance: Chance): SiteRows[] {
  const middle = Math.log(rate / (1 - rate));
  return sites.map((site) => {
    const rates = new Map(columns.map((column) => [column, 1 / (1 + Math.exp(-(middle + sd * chance.normal())))]));
    return {
      ...site,
      rows: site.rows.map((cells) => cells.map((cell, column) => (chance.uniform() < (rates.get(column) ?? 0) ? '' : cell))),
    };
  });
}
