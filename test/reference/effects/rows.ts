/** The rows of rows.csv as sites, and the figures that statsmodels and numpy make of them (figures.py, with its command). */
import { readFileSync } from 'node:fs';
import type { EffectRows, EffectSite } from '@consilium/shared/effects';

export interface ReferenceFigures {
  readonly level1: { readonly coefficients: readonly number[]; readonly standardErrors: readonly number[]; readonly pValue: number };
  readonly interactions: { readonly statistic: number; readonly pValue: number };
  readonly risk: { readonly statistic: number; readonly pValue: number };
  readonly weighted: { readonly [estimand: string]: { readonly logOdds: number; readonly standardError: number } };
  readonly average: { readonly difference: number; readonly standardError: number };
  readonly firstPatient: { readonly difference: number; readonly standardError: number };
  readonly chiSquare: readonly (readonly [number, number, number])[];
}

// Compiled tests run from test/dist, so both places are tried.
const here = (name: string): string => {
  const beside = new URL(name, import.meta.url);
  return readFileSync(beside.pathname.includes('/dist/') ? new URL(`../../../reference/effects/${name}`, import.meta.url) : beside, 'utf8');
};

export const referenceFigures = (): ReferenceFigures => JSON.parse(here('figures.json')) as ReferenceFigures;

export function referenceSites(): EffectSite[] {
  const lines = here('rows.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
  return [0, 1, 2].map((site) => {
    const own = lines.filter((line) => line[0] === site);
    const column = (at: number): Float64Array => Float64Array.from(own, (line) => line[at]!);
    const train: EffectRows = {
      x: Float64Array.from(own.flatMap((line) => line.slice(1, 4))),
      width: 3,
      rows: own.length,
      arm: column(4),
      y: column(5),
      harms: [],
      fold: Uint8Array.from(own, (line) => line[6]!),
    };
    return { train, test: train, unassigned: 0, baseline: new Float64Array(0) };
  });
}
