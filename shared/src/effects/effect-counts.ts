/** The first sum of an effect: who is in which arm, and how many sites can take part in what. Refusals are read from it alone. */
import type { EffectRows } from './effect-design.ts';
import { type EffectSettings, FEWEST_IN_ARM } from './effect-settings.ts';

export interface EffectCounts {
  readonly comparator: number;
  readonly treated: number;
  readonly eventsComparator: number;
  readonly eventsTreated: number;
  /** Sites with both arms and both outcomes. */
  readonly sites: number;
  /** Of those, sites with enough patients in each arm. */
  readonly largeSites: number;
  /** Sites with patients but not enough in each arm: they take no part in weighting or learners. */
  readonly smallSites: number;
  /** Patients whose arm is missing or none of the two. */
  readonly unassigned: number;
}

/** Why no effect is shown. */
export type EffectRefusal =
  | 'one-arm'
  | 'one-outcome'
  | 'too-few-sites'
  | 'too-few-in-arms'
  | 'no-overlap'
  | 'fit-failed'
  | 'propensity-failed';

export const COUNTS_LENGTH = 8;

/** Whether a site's rows can inform a fit at all, and whether both arms are large enough. */
export function siteStanding(rows: EffectRows): { readonly canInform: boolean; readonly isLarge: boolean } {
  const treated = rows.arm.reduce((sum, value) => sum + value, 0);
  const events = rows.y.reduce((sum, value) => sum + value, 0);
  const canInform = treated > 0 && treated < rows.rows && events > 0 && events < rows.rows;
  return { canInform, isLarge: canInform && treated >= FEWEST_IN_ARM && rows.rows - treated >= FEWEST_IN_ARM };
}

/** One site's entries. @param unassigned - Its patients without an arm. */
export function countEntries(rows: EffectRows, unassigned: number): number[] {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < rows.rows; i++) {
    counts[rows.arm[i]!]! += 1;
    counts[2 + rows.arm[i]!]! += rows.y[i]!;
  }
  const { canInform, isLarge } = siteStanding(rows);
  return [...counts, Number(canInform), Number(isLarge), Number(rows.rows > 0 && !isLarge), unassigned];
}

export function readCounts(sums: ArrayLike<number>): EffectCounts {
  const [comparator = 0, treated = 0, eventsComparator = 0, eventsTreated = 0, sites = 0, largeSites = 0, smallSites = 0, unassigned = 0] =
    Array.from(sums, Math.round);
  return { comparator, treated, eventsComparator, eventsTreated, sites, largeSites, smallSites, unassigned };
}

/** Whether only sites with enough patients in each arm take part: weighting needs a propensity of the site's own. */
export const needsLargeArms = ({ assignment }: EffectSettings): boolean => assignment === 'observational';

/** Why the study can show no effect, or null. */
export function refusalOf(settings: EffectSettings, counts: EffectCounts): EffectRefusal | null {
  const events = counts.eventsComparator + counts.eventsTreated;
  if (counts.comparator === 0 || counts.treated === 0) return 'one-arm';
  if (events === 0 || events === counts.comparator + counts.treated) return 'one-outcome';
  if (counts.sites < settings.minimum) return 'too-few-sites';
  return needsLargeArms(settings) && counts.largeSites < settings.minimum ? 'too-few-in-arms' : null;
}

/** Whether level 3 can run. */
export const canRunLearners = (settings: EffectSettings, counts: EffectCounts): boolean =>
  settings.level === 3 && counts.largeSites >= settings.minimum;
