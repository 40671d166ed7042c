/** Rows and figures written by exact-models.py, which see for the programs and the command. */
import { readFileSync } from 'node:fs';
import type { Rows } from '@consilium/shared/models';

interface Table {
  readonly value: readonly number[];
  readonly se: readonly number[];
  readonly p: readonly number[];
}

interface Reference {
  readonly rows: {
    readonly site: readonly number[];
    readonly x: readonly (readonly number[])[];
    readonly binary: readonly number[];
    readonly classes: readonly number[];
    readonly number: readonly number[];
    readonly count: readonly number[];
    readonly time: readonly number[];
    readonly event: readonly number[];
  };
  readonly logistic: Table;
  readonly softmax: Table & { readonly loglik: number };
  readonly linear: Table & { readonly variance: number; readonly interval: readonly (readonly [number, number])[] };
  readonly poisson: Table;
  readonly coxBySite: Table & { readonly loglik: number };
  readonly coxCommon: Table & { readonly loglik: number };
  readonly hazard: {
    readonly cuts: readonly number[];
    readonly plain: { readonly value: readonly number[]; readonly own: readonly number[]; readonly se: readonly number[] };
    readonly ridge: { readonly value: readonly number[]; readonly own: readonly number[] };
    readonly ridgeUsed: number;
  };
  readonly measures: {
    readonly score: readonly number[];
    readonly risk: readonly number[];
    readonly cPooled: number;
    readonly cBySite: readonly number[];
    readonly times: readonly number[];
    readonly km: readonly number[];
    readonly curve: readonly (readonly number[])[];
    readonly brier: readonly number[];
  };
  readonly heart: Table & { readonly names: readonly string[] };
}

export const reference = JSON.parse(readFileSync(new URL('exact-models.json', import.meta.url), 'utf8')) as Reference;

/** The rows of one site, or of all, with the outcome of the given name. */
export function referenceRows(outcome: 'binary' | 'classes' | 'number' | 'count' | 'event', site: number | null = null): Rows {
  const { rows } = reference;
  const kept = rows.site.flatMap((at, i) => (site === null || at === site ? [i] : []));
  return {
    x: Float64Array.from(kept.flatMap((i) => rows.x[i]!)),
    y: Float64Array.from(kept, (i) => rows[outcome][i]!),
    time: outcome === 'event' ? Float64Array.from(kept, (i) => rows.time[i]!) : null,
    rows: kept.length,
    width: 3,
  };
}

export const referenceSites = (outcome: Parameters<typeof referenceRows>[0]): Rows[] =>
  [0, 1, 2].map((site) => referenceRows(outcome, site));
