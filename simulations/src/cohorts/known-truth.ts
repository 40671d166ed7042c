/** What is true of a cohort as a whole, and each estimate of a run beside it. */
import { coefficientsOf, exactFit, MAIN_FIT } from '@consilium/shared/federation';
import { designNames } from '@consilium/shared/preparation';
import type { RunOutput } from '../runs/run-once.ts';
import type { CohortFile } from './cohort-schema.ts';
import type { CohortHospital } from './cohort-sites.ts';

export interface KnownTruth {
  readonly file: CohortFile;
  readonly sites: readonly Omit<CohortHospital, 'csv' | 'truthCsv'>[];
}

export interface TruthRow {
  readonly name: string;
  readonly truth: number;
  readonly estimate: number;
  /** 95 %; null where the study gives none. */
  readonly interval: readonly [number, number] | null;
}

const meanOf = ({ sites }: KnownTruth, of: (site: KnownTruth['sites'][number]) => number): number =>
  sites.reduce((sum, site) => sum + of(site), 0) / sites.reduce((sum, { patients }) => sum + patients, 0);

/** As it is written beside the files. */
export function truthJson(known: KnownTruth): Record<string, unknown> {
  const { outcome, treatment, seed, cohort, unitErrors } = known.file;
  return {
    cohort,
    seed,
    outcome,
    ...(treatment === undefined ? {} : { treatment }),
    unitErrors,
    patients: known.sites.reduce((sum, { patients }) => sum + patients, 0),
    meanRisk: meanOf(known, ({ sums }) => sums.risk),
    ...(treatment === undefined
      ? {}
      : { meanBenefit: meanOf(known, ({ sums }) => sums.benefit), meanLogOddsRatio: meanOf(known, ({ sums }) => sums.logOddsRatio) }),
    sites: known.sites.map(({ id, patients, events, level, unitErrors: wrong }) => ({ id, patients, events, level, unitErrors: wrong })),
  };
}

/** Terms that a linear model can hold, and the treatment; in the units of the cohort file. */
export function truthBesideEstimate(known: KnownTruth, { result, programme }: RunOutput): TruthRow[] {
  const { file } = known;
  const { plan, effect } = result;
  const { scaling } = programme;
  if (scaling === null) return [];
  const isHazard = file.outcome.kind === 'hazard';
  const state = isHazard ? programme.beside.cox : programme.newton;
  const fit = exactFit(plan, scaling, isHazard ? 'cox' : MAIN_FIT);
  const found = state ? coefficientsOf(fit, state, designNames(plan, scaling)) : [];
  const factorOf = (term: string): number => {
    const feature = file.features.find(({ name }) => name === term);
    const column = scaling.columns.find(({ name }) => name === term);
    return (feature?.type === 'number' ? feature.sd : 1) / (column?.sd || 1);
  };
  const rows = Object.entries(file.outcome.terms).flatMap(([term, truth]): TruthRow[] => {
    const estimate = found.find(({ name }) => name === term);
    if (estimate === undefined || effect !== null) return [];
    const factor = factorOf(term);
    const interval = estimate.interval === null ? null : ([estimate.interval[0] * factor, estimate.interval[1] * factor] as const);
    return [{ name: `${isHazard ? 'log hazard' : 'log odds'}: ${term}`, truth, estimate: estimate.value * factor, interval }];
  });
  if (effect?.primary == null) return rows;
  const { relative, absolute } = effect.primary;
  const ends = (value: number, error: number) => [value - 1.959964 * error, value + 1.959964 * error] as const;
  return [
    ...rows,
    {
      name: 'log odds ratio of treatment, mean',
      truth: meanOf(known, ({ sums }) => sums.logOddsRatio),
      estimate: relative.logOdds,
      interval: ends(relative.logOdds, relative.standardError),
    },
    {
      name: 'risk without − with treatment, mean',
      truth: meanOf(known, ({ sums }) => sums.benefit),
      estimate: absolute.difference,
      interval: absolute.interval,
    },
    ...(effect.interactions ?? []).map(({ name, coefficient }) => ({
      name: `treatment × ${name}, shrunken`,
      truth: file.treatment?.interactions[name] ?? 0,
      estimate: coefficient * factorOf(name),
      interval: null,
    })),
  ];
}
