/** The effect as pages and reports are shown it: over all sites, and for a site's own patients. */

import { lengthPrefixed, sha256 } from '../crypto/index.ts';
import { type EffectResult, type EffectState, effectResult, type PatientEffect, siteEffects } from '../effects/index.ts';
import type { Plan } from '../study/index.ts';
import { effectSettings } from './effect-site.ts';
import type { ProgrammeState } from './programme-state.ts';
import type { SiteRows } from './stage.ts';

/** A state never changes, so its result is computed once. */
const known = new WeakMap<EffectState, EffectResult>();

/** @returns Null before the effect is done, and in studies without one. */
export function studyEffect(plan: Plan, { effect, scaling, cohort, planHash }: ProgrammeState): EffectResult | null {
  if (effect === null || effect.step !== 'done' || scaling === null || cohort === null) return null;
  const before = known.get(effect);
  if (before !== undefined) return before;
  const result = effectResult(
    effectSettings(plan, scaling, cohort.length),
    effect,
    sha256(lengthPrefixed(['consilium effect intervals 1', planHash])),
  );
  known.set(effect, result);
  return result;
}

export interface SiteEffectRow {
  /** 1-based data row. */
  readonly row: number;
  readonly arm: 'treated' | 'comparator';
  readonly outcome: number;
  readonly effect: PatientEffect;
}

/** The site's test patients one by one; computed at the site, never sent. */
export function siteEffectRows(plan: Plan, { effect, scaling, cohort }: ProgrammeState, rows: SiteRows): SiteEffectRow[] | null {
  if (effect === null || effect.step !== 'done' || scaling === null || cohort === null) return null;
  const site = rows.effect(scaling);
  const numbers = rows.effectTestRows();
  return siteEffects(effectSettings(plan, scaling, cohort.length), effect, site, site.test).map((shown, at) => ({
    row: numbers[at]!,
    arm: site.test.arm[at] === 1 ? 'treated' : 'comparator',
    outcome: site.test.y[at]!,
    effect: shown,
  }));
}
