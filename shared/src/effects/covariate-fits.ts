/** The fits on covariates alone, that a site's other fits stand on: propensity of treatment, and risk in one arm. */
import { sigmoid } from '../models/index.ts';
import { siteStanding } from './effect-counts.ts';
import { type EffectRows, rowsWhere } from './effect-design.ts';
import type { EffectSettings } from './effect-settings.ts';
import type { EffectSite, EffectState } from './effect-state.ts';
import type { FitRows } from './fit-rows.ts';
import { siteFit } from './fit-sums.ts';
import { treatmentWeight } from './propensity.ts';

/** Whether a site takes part in a named fit. */
export function takesPart(settings: EffectSettings, site: EffectSite, name: string): boolean {
  const { canInform, isLarge } = siteStanding(site.train);
  const isOutcomeFit = name.startsWith('level') || name.startsWith('harm/');
  return isOutcomeFit && settings.assignment === 'randomised' ? canInform : isLarge;
}

/**
 * A site's rows of a fit on covariates alone.
 *
 * @param name - `propensity`, `t0` (comparator's patients) or `t1` (treated), with `/fold` to leave a fold out.
 * @returns Null where the site takes no part.
 */
export function covariateFitRows(settings: EffectSettings, site: EffectSite, name: string): FitRows | null {
  if (!takesPart(settings, site, name)) return null;
  const { train } = site;
  const [base = '', part] = name.split('/');
  const isKept = (i: number): boolean => part === undefined || train.fold[i] !== Number(part);
  if (base === 'propensity') return covariateRows(part === undefined ? train : rowsWhere(train, isKept), 'arm');
  return covariateRows(
    rowsWhere(train, (i) => train.arm[i] === Number(base[1]) && isKept(i)),
    'y',
  );
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
  const own = covariateFitRows(settings, site, name);
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
