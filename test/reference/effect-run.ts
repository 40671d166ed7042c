/** The effect programme on sites in memory: answers are added in the clear, as a secure sum would add them. */
import {
  type EffectSettings,
  type EffectSite,
  type EffectState,
  effectAdvance,
  effectAnswer,
  emptyEffect,
} from '@consilium/shared/effects';

export const EFFECT_SETTINGS: EffectSettings = {
  assignment: 'randomised',
  estimand: 'average',
  allocation: 0.5,
  level: 1,
  aim: 'prevent',
  names: ['a', 'b', 'c', 'd', 'e'],
  modifiers: [0, 1, 2, 3, 4],
  harms: [],
  baselineLength: 0,
  tarnet: null,
  tests: ['interactions', 'risk'],
  alpha: 0.05,
  folds: 5,
  ridge: 0,
  tolerance: 1e-9,
  maxIterations: 25,
  minimum: 3,
};

export function runEffect(settings: EffectSettings, sites: readonly EffectSite[], until: EffectState['step'] = 'done'): EffectState {
  let state = emptyEffect;
  while (state.step !== 'done' && state.step !== until) {
    const answers = sites.map((site) => effectAnswer(settings, state, site));
    const sums = answers.reduce((total, part) => total.map((value, i) => value + part[i]!));
    state = effectAdvance(settings, state, sums);
  }
  return state;
}
