/** For a hospital's own eyes: the effect for its patients one by one, or why none is shown here. Never sent. */
import { covarianceOf } from './covariance.ts';
import { propensities } from './covariate-fits.ts';
import { siteStanding } from './effect-counts.ts';
import { type EffectRows, levelOneRow, levelTwoRow } from './effect-design.ts';
import { fitRowsOf } from './effect-fits.ts';
import type { EffectSettings } from './effect-settings.ts';
import type { EffectSite, EffectState } from './effect-state.ts';
import { siteFit } from './fit-sums.ts';
import { type PatientBenefit, patientBenefit } from './patient-benefit.ts';
import { hasOverlap } from './propensity.ts';
import { benefitModels, predictedBenefit } from './site-benefit.ts';

/** study-refused: no site shows one. few-in-arm: this site has too few patients in an arm. outside-overlap: patients like this one got one arm only. */
export type PatientRefusal = 'study-refused' | 'few-in-arm' | 'outside-overlap';

export type PatientEffect =
  | {
      readonly kind: 'shown';
      readonly level: 1 | 2;
      readonly benefit: PatientBenefit;
      readonly research: { readonly [learner: string]: number };
    }
  | { readonly kind: 'refused'; readonly reason: PatientRefusal };

/** @returns One entry a row. */
export function siteEffects(settings: EffectSettings, state: EffectState, site: EffectSite, rows: EffectRows): PatientEffect[] {
  const all = (reason: PatientRefusal): PatientEffect[] => Array.from({ length: rows.rows }, () => ({ kind: 'refused', reason }));
  const models = benefitModels(settings, state);
  const name: 'level1' | 'level2' = models.includes('level2') ? 'level2' : 'level1';
  const fit = state.fits[name];
  const covariance = fit === undefined ? null : covarianceOf(fit, state.meats[name] ?? null);
  if (state.refusal !== null || state.step !== 'done' || fit === undefined || covariance === null) return all('study-refused');
  const own = fitRowsOf(settings, state, site, name);
  const level = own === null ? null : siteFit(own, fit.coefficients);
  if (level === null || !siteStanding(site.train).isLarge) return all('few-in-arm');
  const e = propensities(settings, state, site, rows);
  const learners = models.filter((model) => model !== 'level1' && model !== 'level2');
  const predicted = learners.map((model) => [model, predictedBenefit(settings, state, site, rows, model)] as const);
  const rowOf = name === 'level1' ? levelOneRow : levelTwoRow(settings.modifiers);
  return Array.from({ length: rows.rows }, (_, i): PatientEffect => {
    if (settings.assignment === 'observational' && (e === null || !hasOverlap(e[i]!)))
      return { kind: 'refused', reason: 'outside-overlap' };
    const x = rows.x.subarray(i * rows.width, (i + 1) * rows.width);
    const model = { coefficients: fit.coefficients, covariance };
    return {
      kind: 'shown',
      level: name === 'level1' ? 1 : 2,
      benefit: patientBenefit(model, level, { without: rowOf(x, 0), under: rowOf(x, 1) }, settings.aim),
      research: Object.fromEntries(predicted.flatMap(([key, values]) => (values === null ? [] : [[key, values[i]!] as const]))),
    };
  });
}
