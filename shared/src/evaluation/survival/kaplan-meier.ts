/** The Kaplan-Meier curve of one set of rows, and from sums over a grid of times. Source: Kaplan and Meier 1958. */

export interface SurvivalStep {
  readonly time: number;
  /** Survival just after this time. */
  readonly survival: number;
  /** Σ d / (n (n − d)) up to this time: Greenwood's relative variance; infinite where nobody is left. */
  readonly spread: number;
}

/**
 * The curve as its steps down.
 *
 * @param event - 1 seen, 0 censored. For the curve of censoring itself pass `censoring`, where events come before censorings of the same time.
 * @returns In rising order of time; empty without events.
 */
export function kaplanMeier(
  time: ArrayLike<number>,
  event: ArrayLike<number>,
  what: 'event' | 'censoring' = 'event',
): readonly SurvivalStep[] {
  const order = Array.from({ length: time.length }, (_, i) => i).sort((a, b) => time[a]! - time[b]!);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let spread = 0;
  for (let at = 0; at < order.length; ) {
    const now = time[order[at]!]!;
    const atRisk = order.length - at;
    let [events, censored] = [0, 0];
    for (; at < order.length && time[order[at]!] === now; at++) {
      if (event[order[at]!] === 1) events += 1;
      else censored += 1;
    }
    const [leaving, left] = what === 'event' ? [events, atRisk] : [censored, atRisk - events];
    if (leaving === 0) continue;
    survival *= 1 - leaving / left;
    spread += leaving / (left * (left - leaving));
    steps.push({ time: now, survival, spread });
  }
  return steps;
}

/** The value of a curve at a time: 1 before its first step. */
export function survivalAt(steps: readonly SurvivalStep[], time: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.time <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 1 : steps[low - 1]!.survival;
}

/** Greenwood's variance of the curve at a time; 0 before its first step and where nobody is left. Source: Greenwood 1926. */
export function greenwoodAt(steps: readonly SurvivalStep[], time: number): number {
  const last = steps.findLast((step) => step.time <= time);
  return last === undefined || last.survival === 0 ? 0 : last.survival * last.survival * last.spread;
}

/**
 * The curve on a grid, from counts summed over sites: events of a cell come before its censorings.
 *
 * @param rows - All rows of the sums.
 * @param events - Events in each cell. @param leaving - Events and censorings in each cell.
 * @returns Survival at the end of each cell.
 */
export function gridSurvival(rows: number, events: readonly number[], leaving: readonly number[]): readonly number[] {
  let atRisk = rows;
  let survival = 1;
  return events.map((count, k) => {
    if (atRisk > 0) survival *= 1 - Math.min(1, count / atRisk);
    atRisk -= leaving[k]!;
    return survival;
  });
}
