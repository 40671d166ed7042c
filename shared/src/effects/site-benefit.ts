/** The benefit each model of the study predicts for a site's rows, with the site's own intercepts. Stays inside the site. */

import { predictedRisks, propensities } from './covariate-fits.ts';
import { type EffectRows, levelOneRow, levelTwoRow } from './effect-design.ts';
import { fitRowsOf } from './effect-fits.ts';
import type { EffectSettings } from './effect-settings.ts';
import type { EffectSite, EffectState } from './effect-state.ts';
import { siteFit } from './fit-sums.ts';
import { differenceGradient } from './patient-benefit.ts';
import { tarnetDifference } from './tarnet-rounds.ts';

export type BenefitModel = 'level1' | 'level2' | 't' | 'x' | 'dr' | 'tarnet' | 'dragonnet';

/** The models that the study has, in a fixed order. */
export function benefitModels({ tarnet: asked }: Pick<EffectSettings, 'tarnet'>, { fits, tarnet }: EffectState): BenefitModel[] {
  const has = (name: string): boolean => fits[name]?.converged === true;
  const levels: BenefitModel[] = has('level2') ? ['level1', 'level2'] : ['level1'];
  const learners: BenefitModel[] = has('dr') && has('x0') && has('x1') ? ['t', 'x', 'dr'] : [];
  const isTrained = asked !== null && tarnet !== null && tarnet.round === asked.rounds;
  return [...levels, ...learners, ...(isTrained ? [asked.propensity > 0 ? ('dragonnet' as const) : ('tarnet' as const)] : [])];
}

/** Signs the effect so that more is better: 1 where the outcome is to be prevented. */
export const benefitSign = ({ aim }: EffectSettings): 1 | -1 => (aim === 'prevent' ? 1 : -1);

/** @returns Shape (rows,), or null where the site has no part in the model. */
export function predictedBenefit(
  settings: EffectSettings,
  state: EffectState,
  site: EffectSite,
  rows: EffectRows,
  model: BenefitModel,
): Float64Array | null {
  const difference = riskDifference(settings, state, site, rows, model);
  return difference === null ? null : difference.map((value) => benefitSign(settings) * value);
}

/** Risk without minus risk with. */
function riskDifference(settings: EffectSettings, state: EffectState, site: EffectSite, rows: EffectRows, model: BenefitModel) {
  const x = (i: number): Float64Array => rows.x.subarray(i * rows.width, (i + 1) * rows.width);
  const linear = (name: string): Float64Array => {
    const { coefficients = [] } = state.fits[name] ?? {};
    return Float64Array.from({ length: rows.rows }, (_, i) =>
      x(i).reduce((sum, value, j) => sum + value * coefficients[j + 1]!, coefficients[0]!),
    );
  };
  switch (model) {
    case 'level1':
    case 'level2': {
      const fit = state.fits[model];
      const own = fitRowsOf(settings, state, site, model);
      const level = fit === undefined || own === null ? null : siteFit(own, fit.coefficients);
      if (fit === undefined || level === null) return null;
      const rowOf = model === 'level1' ? levelOneRow : levelTwoRow(settings.modifiers);
      return Float64Array.from({ length: rows.rows }, (_, i) => {
        const { riskWithout, riskWith } = differenceGradient(fit.coefficients, level, rowOf(x(i), 0), rowOf(x(i), 1));
        return riskWithout - riskWith;
      });
    }
    case 't': {
      const zero = predictedRisks(settings, state, site, rows, 't0');
      const one = predictedRisks(settings, state, site, rows, 't1');
      return zero === null || one === null ? null : zero.map((value, i) => value - one[i]!);
    }
    case 'x': {
      const e = propensities(settings, state, site, rows);
      const [zero, one] = [linear('x0'), linear('x1')];
      return e === null ? null : zero.map((value, i) => -(e[i]! * value + (1 - e[i]!) * one[i]!));
    }
    case 'dr':
      return linear('dr').map((value) => -value);
    case 'tarnet':
    case 'dragonnet':
      return tarnetDifference(settings, state, site, rows);
  }
}
