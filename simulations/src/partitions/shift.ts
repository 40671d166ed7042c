/** Feature shift: each site's values of one feature are moved by a constant of its own. */
import type { Chance } from './chance.ts';
import { changeNumbers, type SiteRows, spreadOf } from './site-rows.ts';

/** @param sd - Spread of the constants, in standard deviations of the feature over all rows. */
export function shiftFeature(sites: readonly SiteRows[], column: number, sd: number, chance: Chance): SiteRows[] {
  const spread = spreadOf(sites, column);
  return sites.map((site) => {
    const constant = sd * spread * chance.normal();
    return changeNumbers(site, column, (value) => value + constant);
  });
}
