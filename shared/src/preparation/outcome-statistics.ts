/**
 * What the first secure sum says of the outcomes, training rows only: class counts, the spread of a measured outcome, and when
 * events happened, from which the intervals of the discrete-time hazard are cut (learning.md §2.3). Used to scale and to cut, never to impute.
 */
import type { Outcome, OutcomeOf, OutcomeValues } from '../schema/index.ts';
import { fromUnit, toUnit } from './unit-range.ts';

/** Bins of the histogram of event times, from 0 to the horizon. */
export const TIME_BINS = 256;
/** Fewest events in an interval of the hazard. */
const FEWEST_EVENTS = 10;

/** Shared by all sites. */
export type OutcomeScaling =
  | { readonly task: 'binary'; readonly observed: number; readonly events: number }
  /** Training rows of each class, in the order of the codes. */
  | { readonly task: 'multiclass'; readonly counts: readonly number[] }
  /** Over known training values, in the outcome's unit; `sd` with n − 1, 1 for a constant. */
  | { readonly task: 'regression' | 'count'; readonly observed: number; readonly mean: number; readonly sd: number }
  | TimeScaling;

export interface TimeScaling {
  readonly task: 'time-to-event';
  readonly observed: number;
  readonly events: number;
  /** Rise from above 0 to the horizon: interval k is (cuts[k − 1], cuts[k]], each with 10 events at least, or one interval in all. */
  readonly cuts: readonly number[];
  /** Events by the horizon, and the mean follow-up in horizons, that of a longer one being 1. */
  readonly eventsByHorizon: number;
  readonly meanFollowUp: number;
}

/** Names of an outcome's entries. All are at most the training rows in magnitude. */
export function outcomeNames(outcome: Outcome): string[] {
  const { name } = outcome;
  switch (outcome.task) {
    case 'binary':
      return [`${name}:observed`, `${name}:events`];
    case 'multiclass':
      return outcome.codes.map(({ code }) => `${name}=${code}:count`);
    case 'regression':
    case 'count':
      return [`${name}:observed`, `${name}:sum`, `${name}:squares`];
    case 'time-to-event':
      return [`${name}:observed`, `${name}:events`, ...Array.from({ length: TIME_BINS }, (_, bin) => `${name}:at#${bin}`), `${name}:time`];
  }
}

/**
 * One site's entries.
 *
 * @param values - The outcome of every row; rows where it is not known are passed over.
 * @param rows - Positions of the training rows.
 */
export function outcomeStatistics(outcome: Outcome, { y, time }: OutcomeValues, rows: readonly number[]): number[] {
  const known = rows.filter((row) => !Number.isNaN(y[row]!));
  const total = (value: (row: number) => number) => known.reduce((sum, row) => sum + value(row), 0);
  switch (outcome.task) {
    case 'binary':
      return [known.length, total((row) => y[row]!)];
    case 'multiclass':
      return outcome.codes.map((_, at) => total((row) => Number(y[row] === at)));
    case 'regression':
    case 'count':
      return [known.length, total((row) => toUnit(outcome.range, y[row]!)), total((row) => toUnit(outcome.range, y[row]!) ** 2)];
    case 'time-to-event': {
      const bins = new Array<number>(TIME_BINS).fill(0);
      for (const row of known) {
        if (y[row] !== 1 || time![row]! > outcome.horizon) continue;
        const bin = Math.max(0, Math.ceil((time![row]! / outcome.horizon) * TIME_BINS) - 1);
        bins[bin] = bins[bin]! + 1;
      }
      const followUp = total((row) => Math.min(time![row]!, outcome.horizon) / outcome.horizon);
      return [known.length, total((row) => y[row]!), ...bins, followUp];
    }
  }
}

/** Reads the summed entries, in the order of `outcomeNames`. Only + − × ÷ √ are used, because every site repeats it. */
export function outcomeScaling(outcome: Outcome, sums: readonly number[]): OutcomeScaling {
  const [observed = 0, second = 0, third = 0] = sums;
  switch (outcome.task) {
    case 'binary':
      return { task: 'binary', observed, events: second };
    case 'multiclass':
      return { task: 'multiclass', counts: [...sums] };
    case 'regression':
    case 'count': {
      const mapped = observed > 0 ? second / observed : 0;
      const deviations = third - second * mapped;
      const [low, high] = outcome.range;
      const spread = observed > 1 && deviations > 1e-10 * observed ? Math.sqrt(deviations / (observed - 1)) : 0;
      return {
        task: outcome.task,
        observed,
        mean: fromUnit(outcome.range, mapped),
        sd: spread === 0 ? 1 : (spread * (high - low)) / 2,
      };
    }
    case 'time-to-event': {
      const bins = sums.slice(2, 2 + TIME_BINS);
      const eventsByHorizon = bins.reduce((total, count) => total + count, 0);
      const meanFollowUp = observed > 0 ? (sums[2 + TIME_BINS] ?? 0) / observed : 0;
      return { task: 'time-to-event', observed, events: second, cuts: hazardCuts(outcome, bins), eventsByHorizon, meanFollowUp };
    }
  }
}

/** Edges of bins at which about equal numbers of events have happened, never fewer than 10 in an interval; the last is the horizon. */
export function hazardCuts(outcome: OutcomeOf<'time-to-event'>, bins: readonly number[]): number[] {
  const events = bins.reduce((sum, value) => sum + value, 0);
  const wanted = Math.max(1, Math.min(outcome.intervals, Math.floor(events / FEWEST_EVENTS)));
  const share = Math.max(FEWEST_EVENTS, events / wanted);
  const cuts: number[] = [];
  let open = 0;
  let closed = 0;
  for (const [bin, count] of bins.entries()) {
    open += count;
    if (open < share || events - closed - open < FEWEST_EVENTS || cuts.length + 1 >= wanted) continue;
    const edge = (outcome.horizon * (bin + 1)) / TIME_BINS;
    cuts.push(outcome.horizon >= TIME_BINS ? Math.round(edge) : edge);
    closed += open;
    open = 0;
  }
  return [...cuts.filter((cut) => cut < outcome.horizon), outcome.horizon];
}
