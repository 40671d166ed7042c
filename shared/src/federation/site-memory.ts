/**
 * What a site keeps of its own training from one round to the next and never sends: a control variate, a part of the model that is its own.
 *
 * Rules: it lives in the chamber's memory and ends with it; a round that is repeated must start from what the round before it left, so a
 * value is known only to later rounds.
 */

export interface SiteMemory {
  /** What was kept under a name by the last round before this one; null when nothing was. */
  recall(name: string, round: number): Float64Array | null;
  keep(name: string, round: number, value: Float64Array): void;
}

interface Kept {
  readonly round: number;
  readonly value: Float64Array;
}

export function createSiteMemory(): SiteMemory {
  const kept = new Map<string, readonly Kept[]>();
  return {
    recall: (name, round) => (kept.get(name) ?? []).filter((item) => item.round < round).at(-1)?.value ?? null,
    keep: (name, round, value) => {
      const before = (kept.get(name) ?? []).filter((item) => item.round < round).slice(-1);
      kept.set(name, [...before, { round, value }]);
    },
  };
}
