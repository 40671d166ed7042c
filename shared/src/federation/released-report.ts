/** What a page is told of a released sum: who is in it, and whether this site is. */
import type { ParticipantEffect, Roster } from '../protocol/index.ts';
import type { SiteProgress } from './contracts.ts';

/** @param index - Of this site on the roster. */
export function releasedReport(
  roster: Roster,
  { round, survivors }: Extract<ParticipantEffect, { type: 'released' }>,
  kind: string,
  index: number,
): SiteProgress {
  const names = roster.sites.filter((entry) => survivors.includes(entry.index)).map(({ id }) => id);
  return { type: 'released', round, kind, survivors: names, counted: survivors.includes(index) };
}
