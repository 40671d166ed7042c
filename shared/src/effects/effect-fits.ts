/** Which rows, columns, weights and penalties each named fit has. */
import { covariateFitRows, takesPart, weightsOf } from './covariate-fits.ts';
import { designOf, levelOneRow, levelTwoRow, rowsWhere } from './effect-design.ts';
import { type EffectSettings, NUISANCE_RIDGE } from './effect-settings.ts';
import type { EffectSite, EffectState } from './effect-state.ts';
import type { FitRows } from './fit-rows.ts';
import { pseudoRows } from './pseudo-outcomes.ts';

/** The penalties of a named fit, which also say how many coefficients it has. */
export function penaltiesOf(settings: EffectSettings, name: string, shrink: number): number[] {
  const covariates = settings.names.map(() => settings.ridge);
  if (name === 'level1' || name.startsWith('harm/')) return [...covariates, 0];
  if (name === 'level2') return [...covariates, 0, ...settings.modifiers.map(() => shrink)];
  if (name.startsWith('propensity')) return covariates;
  const nuisance = settings.names.map(() => NUISANCE_RIDGE);
  return name.startsWith('t') ? nuisance : [0, ...nuisance];
}

/**
 * A site's rows of a named fit.
 *
 * @returns Null where the site takes no part.
 */
export function fitRowsOf(settings: EffectSettings, state: EffectState, site: EffectSite, name: string): FitRows | null {
  if (!takesPart(settings, site, name)) return null;
  const [base = '', part] = name.split('/');
  switch (base) {
    case 'propensity':
    case 't0':
    case 't1':
      return covariateFitRows(settings, site, name);
    case 'dr':
    case 'x0':
    case 'x1':
      return pseudoRows(settings, state, site, base);
    default:
      return outcomeRows(settings, state, site, base, Number(part));
  }
}

function outcomeRows(settings: EffectSettings, state: EffectState, site: EffectSite, base: string, harm: number): FitRows {
  const isHarm = base === 'harm';
  const rows = isHarm ? rowsWhere(site.train, (i) => !Number.isNaN(site.train.harms[harm]![i]!)) : site.train;
  const rowOf = base === 'level2' ? levelTwoRow(settings.modifiers) : levelOneRow;
  return {
    kind: 'logistic',
    z: designOf(rows, rowOf),
    y: isHarm ? rows.harms[harm]! : rows.y,
    weight: weightsOf(settings, state, site, rows),
    rows: rows.rows,
    size: penaltiesOf(settings, base === 'harm' ? 'harm/0' : base, 0).length,
  };
}
