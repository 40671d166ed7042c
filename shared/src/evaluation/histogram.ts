/** AUROC and ROC curve from a histogram of scores by class: what pooled pairs can be known from without seeing a score. */
import type { RocPoint } from './roc.ts';

/**
 * AUROC with pairs inside one bin counted one half, and how far the exact value can be from it.
 *
 * @param events - Events per bin, in rising order of score.
 * @param nonEvents - Non-events per bin, same bins.
 * @returns `bound` = ½ Σ p_b n_b / (P N); null when a class is empty.
 * @example histogramAuroc([0, 1], [1, 0]) // { auroc: 1, bound: 0 }
 */
export function histogramAuroc(
  events: readonly number[],
  nonEvents: readonly number[],
): { readonly auroc: number; readonly bound: number } | null {
  const pairs = total(events) * total(nonEvents);
  if (pairs === 0) return null;
  let below = 0;
  let concordant = 0;
  let sameBin = 0;
  for (let bin = 0; bin < events.length; bin++) {
    concordant += events[bin]! * below;
    sameBin += events[bin]! * nonEvents[bin]!;
    below += nonEvents[bin]!;
  }
  return { auroc: (concordant + sameBin / 2) / pairs, bound: sameBin / 2 / pairs };
}

/** The ROC curve at the bins' edges, from (0, 0) to (1, 1); empty when a class is empty. */
export function histogramRoc(events: readonly number[], nonEvents: readonly number[]): readonly RocPoint[] {
  const allEvents = total(events);
  const allOthers = total(nonEvents);
  if (allEvents === 0 || allOthers === 0) return [];
  const points: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  let truePositives = 0;
  let falsePositives = 0;
  for (let bin = events.length - 1; bin >= 0; bin--) {
    if (events[bin] === 0 && nonEvents[bin] === 0) continue;
    truePositives += events[bin]!;
    falsePositives += nonEvents[bin]!;
    points.push({ falsePositiveRate: falsePositives / allOthers, truePositiveRate: truePositives / allEvents });
  }
  return points;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, value) => sum + value, 0);
}
