/** Who is where before anything is trained: each site's rows, classes and missing values, and how its features differ from all. */
import type { Plan } from '@consilium/shared/study';
import type { StudyInput } from '../input/site-input.ts';
import { poolSites, tableOf } from './pooled-table.ts';

export interface SiteOverview {
  readonly id: string;
  readonly rows: number;
  readonly patients: number;
  /** Patients by class, in the order of `classes`. */
  readonly classes: readonly number[];
  /** Share of empty or unreadable cells of each feature, in the order of `features`. */
  readonly missing: readonly number[];
  /** (mean here − mean of all) ÷ standard deviation of all, by feature; null where it is not a number or not there. */
  readonly shift: readonly (number | null)[];
}

export interface SplitOverview {
  readonly classes: readonly string[];
  readonly features: readonly string[];
  readonly sites: readonly SiteOverview[];
}

export function splitOverview(plan: Plan, data: StudyInput): SplitOverview {
  const pooled = poolSites(plan, data.sites);
  const classes = [...new Set(pooled.units.map(({ label }) => label))].sort();
  const features = plan.features.map(({ name }) => name);
  const columns = data.sites.map((site) => {
    const table = tableOf(site);
    return plan.features.map((feature) => {
      const at = table.columns.indexOf(feature.column);
      return table.rows.map((cells) => numberOf(cells[at] ?? '', feature.missing));
    });
  });
  const whole = features.map((_, feature) => momentsOf(columns.flatMap((site) => site[feature] ?? [])));
  return {
    classes,
    features,
    sites: data.sites.map(({ id }, site) => {
      const own = pooled.units.filter(({ rows }) => rows[0]?.from === site);
      return {
        id,
        patients: own.length,
        rows: own.reduce((sum, { rows }) => sum + rows.length, 0),
        classes: classes.map((name) => own.filter(({ label }) => label === name).length),
        missing: features.map((_, feature) => missingShare(columns[site]?.[feature] ?? [])),
        shift: features.map((_, feature) => {
          const [here, all] = [momentsOf(columns[site]?.[feature] ?? []), whole[feature]];
          return here === null || all == null || all.sd === 0 ? null : (here.mean - all.mean) / all.sd;
        }),
      };
    }),
  };
}

function numberOf(cell: string, missing: readonly string[]): number {
  const text = cell.trim();
  return text === '' || missing.includes(text) ? Number.NaN : Number(text);
}

const missingShare = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.filter((value) => Number.isNaN(value)).length / values.length;

function momentsOf(values: readonly number[]): { readonly mean: number; readonly sd: number } | null {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length < 2) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return { mean, sd: Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1)) };
}
