/** The part of an evaluation that survival models and rankings share: pair counts within a site, and the table of scores and times. */
import { known, shareInterval } from '../intervals.ts';
import type { Truth } from '../predictions.ts';
import { PAIR_UNIT, PAIR_VARIANCE_UNIT } from '../site-evaluation.ts';
import { entryOf, ratio } from '../tasks/task-evaluation.ts';
import { concordancePairs } from './concordance.ts';
import { concordanceVariance } from './concordance-variance.ts';
import { scoreBin, TIME_CELLS, tableConcordance, tableIndex, timeCell } from './score-time.ts';

export const CONCORDANCE_NAMES = ['events:concordant', 'events:tied', 'events:comparable', 'events:variance', 'events:sites'] as const;

export const tableNames = (bins: number): string[] => Array.from({ length: bins * TIME_CELLS * 2 }, (_, k) => `events:cell#${k}`);

/** Adds a site's pairs and table; nothing where it has fewer events than the smallest cell. */
export function addConcordance(
  add: (name: string, value: number) => void,
  scores: Float64Array,
  { y, time }: Truth,
  { bins, smallestCell, horizon, longest }: { bins: number; smallestCell: number; horizon: number; longest: number },
): void {
  const events = y.reduce((sum, value) => sum + value, 0);
  if (events < Math.max(1, smallestCell)) return;
  const { concordant, tied, comparable } = concordancePairs(scores, time!, y);
  add('events:concordant', concordant / PAIR_UNIT);
  add('events:tied', tied / PAIR_UNIT);
  add('events:comparable', comparable / PAIR_UNIT);
  add('events:variance', (comparable * comparable * (concordanceVariance(scores, time!, y) ?? 0)) / PAIR_VARIANCE_UNIT);
  add('events:sites', 1);
  for (let i = 0; i < y.length; i++) {
    add(`events:cell#${tableIndex(scoreBin(scores[i]!, bins), timeCell(time![i]!, horizon, longest), y[i]!)}`, 1);
  }
}

/** The table of a sum, whole counts. */
export const readTable = (sums: ReadonlyMap<string, number>, bins: number): readonly number[] =>
  tableNames(bins).map((name) => Math.round(entryOf(sums, name)));

/** C within hospitals and from the table; its interval from variances ΣN²v / (ΣN)², as that of the AUROC. */
export function readConcordance(sums: ReadonlyMap<string, number>, bins: number) {
  const comparable = entryOf(sums, 'events:comparable');
  const within = ratio(entryOf(sums, 'events:concordant') + entryOf(sums, 'events:tied') / 2, comparable);
  const spread = Math.sqrt(Math.max(0, entryOf(sums, 'events:variance')) * PAIR_VARIANCE_UNIT) / (comparable * PAIR_UNIT);
  return {
    measures: { concordanceWithin: within, concordanceBinned: tableConcordance(readTable(sums, bins), bins) },
    intervals: known({ concordanceWithin: shareInterval(within, spread) }),
  };
}
