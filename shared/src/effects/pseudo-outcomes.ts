/**
 * The outcomes that the X- and DR-learner regress on, made inside the site from nuisance fits of the other folds.
 * Source: Künzel et al. 2019 (X); Kennedy 2023 (DR).
 */

import { predictedRisks, propensities } from './covariate-fits.ts';
import type { EffectSettings } from './effect-settings.ts';
import type { EffectSite, EffectState } from './effect-state.ts';
import type { FitRows } from './fit-rows.ts';
import { clipPropensity } from './propensity.ts';

/**
 * Rows of a linear fit of the effect (treated minus comparator) on [1, x].
 *
 * @param learner - `x0` uses the comparator's patients, `x1` the treated, `dr` all.
 * @returns Patients whose nuisance values this site cannot make (one outcome only in the other folds) are left out; null without any.
 */
export function pseudoRows(settings: EffectSettings, state: EffectState, site: EffectSite, learner: 'dr' | 'x0' | 'x1'): FitRows | null {
  const { train } = site;
  const folds = Array.from({ length: settings.folds }, (_, fold) => ({
    zero: predictedRisks(settings, state, site, train, `t0/${fold}`),
    one: predictedRisks(settings, state, site, train, `t1/${fold}`),
    e: propensities(settings, state, site, train, `propensity/${fold}`),
  }));
  const z: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < train.rows; i++) {
    const { zero, one, e } = folds[train.fold[i]!]!;
    const arm = train.arm[i]!;
    if (zero === null || one === null || e === null) continue;
    if (learner !== 'dr' && arm !== Number(learner[1])) continue;
    y.push(pseudoOutcome(learner, { y: train.y[i]!, arm, zero: zero[i]!, one: one[i]!, propensity: e[i]! }));
    z.push(1, ...train.x.subarray(i * train.width, (i + 1) * train.width));
  }
  if (y.length === 0) return null;
  return { kind: 'linear', z: Float64Array.from(z), y: Float64Array.from(y), weight: null, rows: y.length, size: train.width + 1 };
}

/** @param values.zero - Risk under the comparator. @param values.one - Risk under treatment. Both from the other folds. */
export function pseudoOutcome(
  learner: 'dr' | 'x0' | 'x1',
  values: { readonly y: number; readonly arm: number; readonly zero: number; readonly one: number; readonly propensity: number },
): number {
  const { y, arm, zero, one } = values;
  if (learner === 'x1') return y - zero;
  if (learner === 'x0') return one - y;
  const e = clipPropensity(values.propensity);
  return one - zero + (arm * (y - one)) / e - ((1 - arm) * (y - zero)) / (1 - e);
}
