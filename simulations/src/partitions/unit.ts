/** Another unit: some sites write a feature's numbers multiplied by a factor, as mmol/L instead of mg/dL. */
import type { Chance } from './chance.ts';
import { changeNumbers, type SiteRows } from './site-rows.ts';

/** @param share - Share of the sites that do; at least one. */
export function changeUnit(sites: readonly SiteRows[], column: number, factor: number, share: number, chance: Chance): SiteRows[] {
  const chosen = new Set(chance.shuffled(sites.map((_, at) => at)).slice(0, Math.max(1, Math.round(share * sites.length))));
  return sites.map((site, at) => (chosen.has(at) ? changeNumbers(site, column, (value) => value * factor) : site));
}
