/** Which rows, columns, weights and penalties each named fit has. */
import { sigmoid } from '../models/index.ts';
import { siteStanding } from './effect-counts.ts';
import { designOf, type EffectRows, levelOneRow, levelTwoRow, rowsWhere } from './effect-design.ts';
import { type EffectSettings, NUISANCE_RIDGE } from './effect-settings.ts';
import type { EffectSite, EffectState } from './effect-state.ts';
import type { FitRows } from './fit-rows.ts';
import { siteFit } from './fit-sums.ts';
import { treatmentWeight } from './propensity.ts';
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

/** Whether a site takes part in a named fit. */
export function takesPart(settings: EffectSettings, site: EffectSite, name: string): boolean {
  const { canInform, isLarge } = siteStanding(site.train);
  const isOutcomeFit = name.startsWith('level') || name.startsWith('harm/');
  return isOutcomeFit && settings.assignment === 'randomised' ? canInform : isLarge;
}

/**
 * A site's rows of a named fit.
 *
 * @returns Null where the site takes no part.
 */
export function fitRowsOf(settings: EffectSettings, state: EffectState, site: EffectSite, name: string): FitRows | null {
  if (!takesPart(settings, site, name)) return null;
  const { train } = site;
  const [base = '', part] = name.split('/');
  switch (base) {
    case 'propensity':
      return covariateRows(part === undefined ? train : rowsWhere(train, (i) => train.fold[i] !== Number(part)), 'arm');
    case 't0':
    case 't1': {
      const arm = Number(base[1]);
      return covariateRows(
        rowsWhere(train, (i) => train.arm[i] === arm && (part === undefined || train.fold[i] !== Number(part))),
        'y',
      );
    }
    case 'dr':
    case 'x0':
    case 'x1':
      return pseudoRows(settings, state, site, base);
    default:
      return outcomeRows(settings, state, site, base, Number(part));
  }
}

/** The propensity of every row at this site, by the named fit; null where the site has none. */
export function propensities(settings: EffectSettings, state: EffectState, site: EffectSite, rows: EffectRows, name = 'propensity') {
  if (settings.assignment === 'randomised') return new Float64Array(rows.rows).fill(settings.allocation ?? 0.5);
  return predictedRisks(settings, state, site, rows, name);
}

/** Fitted probabilities of a covariate-only fit for any of the site's rows, its own intercept solved from its training rows. */
export function predictedRisks(
  settings: EffectSettings,
  state: EffectState,
  site: EffectSite,
  rows: EffectRows,
  name: string,
): Float64Array | null {
  const fit = state.fits[name];
  const own = fitRowsOf(settings, state, site, name);
  const level = fit === undefined || own === null ? null : siteFit(own, fit.coefficients);
  if (fit === undefined || level === null) return null;
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    let sum = level.intercept;
    for (let j = 0; j < rows.width; j++) sum += rows.x[i * rows.width + j]! * fit.coefficients[j]!;
    return sigmoid(sum);
  });
}

/** Weights of rows under the plan's estimand; null for a randomised study. */
export function weightsOf(settings: EffectSettings, state: EffectState, site: EffectSite, rows: EffectRows): Float64Array | null {
  if (settings.assignment === 'randomised') return null;
  const e = propensities(settings, state, site, rows);
  if (e === null) return new Float64Array(rows.rows);
  return e.map((value, i) => treatmentWeight(settings.estimand, value, rows.arm[i]!));
}

function covariateRows(rows: EffectRows, outcome: 'arm' | 'y'): FitRows {
  return { kind: 'logistic', z: rows.x, y: rows[outcome], weight: null, rows: rows.rows, size: rows.width };
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
