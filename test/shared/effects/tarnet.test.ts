/** The network with a head for each arm: its gradient against differences, its rounds against a mean by hand, its benefit against known truth. */
import {
  benefitModels,
  type EffectRows,
  type EffectSettings,
  effectAdvance,
  effectAnswer,
  predictedBenefit,
  type TarnetSettings,
  tarnetGradient,
  tarnetLength,
  tarnetRisks,
  tarnetStart,
  tarnetUpdate,
} from '@consilium/shared/effects';
import { formatPlanErrors, parsePlan } from '@consilium/shared/study';
import { describe, expect, it } from 'vitest';
import { EFFECT_SETTINGS, runEffect } from '../../reference/effect-run.ts';
import { TRIAL_PLAN } from '../../reference/trial-files.ts';
import { INTERACTION_TRIAL, makeTrial } from '../../reference/trials.ts';

const TARNET: TarnetSettings = {
  units: 16,
  headUnits: 8,
  rounds: 10,
  steps: 10,
  learningRate: 0.01,
  decay: 0.01,
  propensity: 0,
  seed: 'test',
};
const SETTINGS: EffectSettings = { ...EFFECT_SETTINGS, level: 3, tarnet: TARNET };
const small: EffectRows = makeTrial({ ...INTERACTION_TRIAL, sites: [{ intercept: -0.5, patients: 30 }] }, 'tarnet')[0]!.train;

describe('the network of the research view', () => {
  it.each([
    ['two heads', 0],
    ['a third for who was treated', 0.7],
  ])('has the gradient of its loss, for both arms and every weight, with %s', (_name, propensity) => {
    const settings = { units: 3, headUnits: 2, decay: 0.05, propensity };
    const weights = tarnetStart({ ...TARNET, ...settings }, small.width).map((value, at) => value + 0.1 * Math.sin(at));
    const { gradient } = tarnetGradient(settings, weights, small, -0.3, 0.2);
    expect(gradient).toHaveLength(tarnetLength(settings, small.width));
    const h = 1e-5;
    for (let at = 0; at < weights.length; at++) {
      const moved = (by: number): number =>
        tarnetGradient(
          settings,
          weights.map((value, k) => (k === at ? value + by : value)),
          small,
          -0.3,
          0.2,
        ).loss;
      expect(gradient[at]).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 7);
    }
  });

  it('trains the head of an arm on the patients of that arm only', () => {
    const treatedOnly: EffectRows = { ...small, arm: small.arm.map(() => 1) };
    const weights = tarnetStart(TARNET, small.width);
    const after = weights.map((value, at) => value + tarnetUpdate({ ...TARNET, decay: 0 }, weights, treatedOnly, 0)[at]!);
    const body = TARNET.units * (small.width + 1);
    const head = (weights.length - body) / 2;
    expect(after.slice(body, body + head)).toEqual(weights.slice(body, body + head));
    expect(after.slice(body + head)).not.toEqual(weights.slice(body + head));
    // Its own patients' outcomes become likelier.
    const loss = (w: Float64Array): number => tarnetGradient({ ...TARNET, decay: 0 }, w, treatedOnly, 0).loss;
    expect(loss(after)).toBeLessThan(loss(weights));
    expect(tarnetRisks(TARNET, after, small, 0, 0)).not.toEqual(tarnetRisks(TARNET, after, small, 0, 1));
  });

  it('goes on by the mean of the updates, each by its patients; a hospital with a small arm adds nothing', () => {
    const trial = makeTrial(INTERACTION_TRIAL, 'rounds');
    const lonely = { ...trial[3]!, train: { ...trial[3]!.train, arm: trial[3]!.train.arm.map((_, i) => Number(i < 2)) } };
    const sites = trial.map((site, at) => (at === 3 ? lonely : site));
    const state = runEffect(SETTINGS, sites, 'tarnet');
    expect(state.tarnet).toEqual({ round: 0, weights: Array.from(tarnetStart(TARNET, 5)) });
    const answers = sites.map((site) => effectAnswer(SETTINGS, state, site));
    expect(answers[3]!.every((value) => value === 0)).toBe(true);
    const rows = answers.map((answer) => answer.at(-1)!);
    expect(rows).toEqual(sites.map(({ train }, at) => (at === 3 ? 0 : train.rows)));
    const next = effectAdvance(
      SETTINGS,
      state,
      answers.reduce((sum, part) => sum.map((value, i) => value + part[i]!)),
    );
    const total = rows.reduce((a, b) => a + b);
    for (const at of [0, 40, 200]) {
      const mean = answers.reduce((sum, answer) => sum + answer[at]! / total, 0);
      expect(next.tarnet!.weights[at]).toBeCloseTo(state.tarnet!.weights[at]! + mean, 12);
    }
    expect(next.step).toBe('tarnet');
  });

  it('knows the benefit of patients better than the T-learner where the relative effect differs', () => {
    const sites = makeTrial(INTERACTION_TRIAL, 'benefit', 150);
    const state = runEffect(SETTINGS, sites);
    expect(benefitModels(SETTINGS, state)).toContain('tarnet');
    expect(Object.keys(state.benefit)).toContain('tarnet');
    const pehe = (model: 'tarnet' | 't' | 'level1'): number => {
      const errors = sites.flatMap((site) =>
        Array.from(predictedBenefit(SETTINGS, state, site, site.test, model)!, (value, i) => (value - site.trueBenefit[i]!) ** 2),
      );
      return Math.sqrt(errors.reduce((a, b) => a + b, 0) / errors.length);
    };
    expect(pehe('tarnet')).toBeLessThan(pehe('t'));
    expect(pehe('tarnet')).toBeLessThan(pehe('level1'));
  });

  it('is not there where the plan does not ask for it, and is refused below level 3', () => {
    expect(benefitModels(EFFECT_SETTINGS, runEffect({ ...EFFECT_SETTINGS, level: 3 }, makeTrial(INTERACTION_TRIAL, 'none')))).not.toContain(
      'tarnet',
    );
    const read = parsePlan(TRIAL_PLAN.replace('level: 3', 'level: 2\n  tarnet: {}'), 'plan.yaml');
    expect(read.ok ? '' : formatPlanErrors(read.errors)).toContain('belongs to the research view, and level is 2');
  });

  it('learns with a third head who was treated, on its way to the benefit, where treatment was chosen', () => {
    const chosen = { ...INTERACTION_TRIAL, choice: [0.8, -0.5, 0.3, 0, 0] };
    const sites = makeTrial(chosen, 'dragonnet', 150);
    const settings: EffectSettings = { ...SETTINGS, assignment: 'observational', allocation: null, tarnet: { ...TARNET, propensity: 1 } };
    const state = runEffect(settings, sites);
    expect(benefitModels(settings, state)).toContain('dragonnet');
    expect(benefitModels(settings, state)).not.toContain('tarnet');
    // The loss of who was treated, by the network's third head with each hospital's own level, is well below that of the share alone.
    const third = (weights: ArrayLike<number>): number => {
      const parts = sites.map(({ train }) => {
        const share = train.arm.reduce((sum, arm) => sum + arm, 0) / train.rows;
        const both = { units: 16, headUnits: 8, decay: 0 };
        const level = Math.log(share / (1 - share));
        const withHead = tarnetGradient({ ...both, propensity: 1 }, weights, train, 0, level).loss;
        return withHead - tarnetGradient({ ...both, propensity: 0 }, weights, train, 0, level).loss;
      });
      return parts.reduce((sum, part) => sum + part, 0) / parts.length;
    };
    expect(third(state.tarnet!.weights)).toBeLessThan(third(tarnetStart(settings.tarnet!, 5)) - 0.05);
    const pehe = (model: 'dragonnet' | 't'): number => {
      const errors = sites.flatMap((site) =>
        Array.from(predictedBenefit(settings, state, site, site.test, model)!, (value, i) => (value - site.trueBenefit[i]!) ** 2),
      );
      return Math.sqrt(errors.reduce((a, b) => a + b, 0) / errors.length);
    };
    expect(pehe('dragonnet')).toBeLessThan(pehe('t'));
  });

  it('has no third head in a trial, where the allocation is declared', () => {
    const asked = TRIAL_PLAN.replace(/level: \d/, 'level: 3\n  tarnet: { propensity: 1 }');
    const read = parsePlan(asked, 'plan.yaml');
    expect(read.ok ? '' : formatPlanErrors(read.errors)).toContain('is for treatments that were chosen');
  });
});
