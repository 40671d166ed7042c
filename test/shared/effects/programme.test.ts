/** The effect programme from end to end on sums: refusals, levels, learners against pooled twins, and what sites show. */
import { type EffectRows, type EffectSite, effectResult, rowsWhere, siteEffects } from '@consilium/shared/effects';
import { describe, expect, it } from 'vitest';
import { EFFECT_SETTINGS, runEffect } from '../../reference/effect-run.ts';
import { pooledLogistic } from '../../reference/pooled-logistic.ts';
import { INTERACTION_TRIAL, makeTrial, RISK_TRIAL } from '../../reference/trials.ts';

const seed = new Uint8Array(32);
const codes = (result: { readonly messages: readonly { readonly code: string }[] }) => result.messages.map(({ code }) => code);
const withTrain = (site: EffectSite, train: EffectRows): EffectSite => ({ ...site, train });
const cut = (site: EffectSite, isKept: (train: EffectRows, i: number) => boolean) =>
  withTrain(
    site,
    rowsWhere(site.train, (i) => isKept(site.train, i)),
  );

const trial = makeTrial(INTERACTION_TRIAL, 'programme', 80);
const observational = { ...EFFECT_SETTINGS, assignment: 'observational', allocation: null } as const;

describe('what cannot be shown', () => {
  it.each([
    ['one-arm', trial.map((site) => cut(site, (train, i) => train.arm[i] === 1))],
    ['one-outcome', trial.map((site) => cut(site, (train, i) => train.y[i] === 0))],
    ['too-few-sites', trial.slice(0, 2)],
    ['too-few-sites', trial.map((site, at) => (at < 2 ? site : cut(site, (train, i) => train.arm[i] === 0)))],
  ] as const)('is refused as %s, with nothing fitted', (reason, sites) => {
    const state = runEffect(EFFECT_SETTINGS, sites);
    const result = effectResult(EFFECT_SETTINGS, state, seed, 100);
    expect(state.refusal).toBe(reason);
    expect(state.fits).toEqual({});
    expect(result.primary).toBeNull();
    expect(result.messages[0]).toEqual({ code: 'effect-refused', reason });
    expect(siteEffects(EFFECT_SETTINGS, state, trial[0]!, trial[0]!.test)[0]).toEqual({ kind: 'refused', reason: 'study-refused' });
  });

  it('is a cohort whose arms are told apart by a covariate: no overlap', () => {
    const sites = trial.map((site) =>
      withTrain(site, { ...site.train, arm: site.train.arm.map((_, i) => Number(site.train.x[i * 5]! > 0)) }),
    );
    expect(runEffect(observational, sites).refusal).toBe('no-overlap');
  });

  it('is a cohort whose arms hardly meet', () => {
    const arm = (train: EffectRows) => train.arm.map((_, i) => Number(train.x[i * 5]! + 0.12 * Math.sin(i) > 0));
    const sites = trial.map((site) => withTrain(site, { ...site.train, arm: arm(site.train) }));
    expect(runEffect(observational, sites).refusal).toBe('no-overlap');
  });

  it('is refused for the patients of a site with two treated; the others go on, and it is reported', () => {
    let treated = 0;
    const small = cut(trial[0]!, (train, i) => {
      treated += train.arm[i]!;
      return train.arm[i] === 0 || treated <= 2;
    });
    const sites = [small, ...trial.slice(1)];
    for (const settings of [EFFECT_SETTINGS, observational]) {
      const state = runEffect(settings, sites);
      const result = effectResult(settings, state, seed, 100);
      expect(result.primary).not.toBeNull();
      expect(siteEffects(settings, state, small, small.test)[0]).toEqual({ kind: 'refused', reason: 'few-in-arm' });
      expect(siteEffects(settings, state, trial[1]!, trial[1]!.test).some(({ kind }) => kind === 'shown')).toBe(true);
      expect(codes(result).includes('small-arms')).toBe(settings.assignment === 'observational');
    }
    // It adds nothing to a weighted fit: without it the estimate is the same.
    const without = runEffect(observational, trial.slice(1));
    expect(runEffect(observational, sites).fits.level1!.coefficients).toEqual(without.fits.level1!.coefficients);
  });

  it('is refused where every treated patient was well: a stated reason, never NaN', () => {
    const sites = trial.map((site) => withTrain(site, { ...site.train, y: site.train.y.map((y, i) => (site.train.arm[i] === 1 ? 0 : y)) }));
    const state = runEffect(EFFECT_SETTINGS, sites);
    expect(state.refusal).toBe('fit-failed');
    expect(state.fits.level1!.failure).toBe('separated');
  });

  it('is refused where two columns are the same', () => {
    const twice = (rows: EffectRows): EffectRows => ({ ...rows, x: rows.x.map((value, at) => (at % 5 === 1 ? rows.x[at - 1]! : value)) });
    const sites = trial.map((site) => withTrain(site, twice(site.train)));
    expect(runEffect(EFFECT_SETTINGS, sites).fits.level1!.failure).toBe('singular');
  });
});

describe('level 2', () => {
  const settings = { ...EFFECT_SETTINGS, level: 2 } as const;

  it('shrinks interactions towards level 1, and is the pooled fit with the same penalty', () => {
    const state = runEffect(settings, trial);
    const fit = state.fits.level2!;
    const penalties = fit.penalties;
    const rows = trial.flatMap(({ train }, site) =>
      Array.from({ length: train.rows }, (_, i) => {
        const x = Array.from(train.x.subarray(i * 5, i * 5 + 5));
        const arm = train.arm[i]!;
        return { site, y: train.y[i]!, design: [...x, arm, ...x.map((value) => arm * value)] };
      }),
    );
    const pooled = pooledLogistic(
      rows.map(({ design }) => design),
      rows.map(({ y }) => y),
      rows.map(({ site }) => site),
      { penalties },
    );
    fit.coefficients.forEach((value, j) => {
      expect(value).toBeCloseTo(pooled.coefficients[trial.length + j]!, 8);
    });
    expect(penalties[6]).toBeGreaterThan(0);
    const result = effectResult(settings, state, seed, 200);
    expect(result.interactions!.map(({ name }) => name)).toEqual(settings.names);
    expect(codes(result)).toContain('difference-in-relative-effect');
    expect(Object.keys(result.benefit)).toEqual(['level1', 'level2']);
  });

  it('is level 1 where the test finds nothing, and says what it could have found', () => {
    const state = runEffect(settings, makeTrial(RISK_TRIAL, 'nothing', 80));
    const result = effectResult(settings, state, seed, 200);
    expect(state.tests!.interactions!.pValue).toBeGreaterThan(0.05);
    expect(state.fits.level2).toBeUndefined();
    const message = result.messages.find(({ code }) => code === 'no-difference-in-relative-effect');
    expect(message).toMatchObject({ pValue: expect.any(Number), detectableRatio: expect.any(Number) });
    expect(result.detectableRatio).toBeGreaterThan(1);
  });
});

describe('harms', () => {
  it('are estimated where declared, and missed aloud where not', () => {
    const settings = { ...EFFECT_SETTINGS, harms: ['bleeding'] };
    const result = effectResult(settings, runEffect(settings, trial), seed, 100);
    // The truth: log odds ratio 0.5, risk up.
    expect(result.harms[0]!.effect!.relative.interval[0]).toBeLessThan(Math.exp(0.5));
    expect(result.harms[0]!.effect!.relative.interval[1]).toBeGreaterThan(Math.exp(0.5));
    expect(result.harms[0]!.effect!.absolute.difference).toBeLessThan(0);
    expect(codes(result)).not.toContain('harms-not-estimated');
    expect(codes(effectResult(EFFECT_SETTINGS, runEffect(EFFECT_SETTINGS, trial), seed, 100))).toContain('harms-not-estimated');
  });
});

describe('the research view', () => {
  const settings = { ...EFFECT_SETTINGS, level: 3 } as const;

  it('fits the T-learner as on pooled rows, fold by fold', () => {
    const state = runEffect(settings, trial);
    for (const [name, arm, fold] of [
      ['t1', 1, null],
      ['t0/2', 0, 2],
    ] as const) {
      const rows = trial.flatMap(({ train }, site) =>
        Array.from({ length: train.rows }, (_, i) => i)
          .filter((i) => train.arm[i] === arm && train.fold[i] !== fold)
          .map((i) => ({ site, y: train.y[i]!, x: Array.from(train.x.subarray(i * 5, i * 5 + 5)) })),
      );
      const pooled = pooledLogistic(
        rows.map(({ x }) => x),
        rows.map(({ y }) => y),
        rows.map(({ site }) => site),
        { penalties: [1, 1, 1, 1, 1] },
      );
      state.fits[name]!.coefficients.forEach((value, j) => {
        expect(value).toBeCloseTo(pooled.coefficients[trial.length + j]!, 8);
      });
    }
    const result = effectResult(settings, state, seed, 100);
    expect(Object.keys(result.benefit).sort()).toEqual(expect.arrayContaining(['dr', 't', 'x']));
    expect(codes(result)).toContain('research-view');
    const [effect] = siteEffects(settings, state, trial[0]!, trial[0]!.test);
    expect(effect).toMatchObject({ kind: 'shown', research: { t: expect.any(Number), x: expect.any(Number), dr: expect.any(Number) } });
  });

  it('is left out with its reason where too few sites have ten in each arm', () => {
    const tiny = trial.map((site, at) => (at < 2 ? site : cut(site, (train, i) => train.arm[i] === 0 || i < 12)));
    const state = runEffect(settings, tiny);
    const result = effectResult(settings, state, seed, 100);
    expect(result.primary).not.toBeNull();
    expect(result.messages).toContainEqual({ code: 'research-view-refused', reason: 'too-few-in-arms' });
    expect(Object.keys(state.fits).filter((name) => name.startsWith('t'))).toEqual([]);
  });

  it('runs with estimated propensities where treatment was chosen', () => {
    const chosen = makeTrial({ ...INTERACTION_TRIAL, choice: [0.5, -0.3, 0, 0.2, 0] }, 'chosen', 80);
    const state = runEffect({ ...observational, level: 3 }, chosen);
    expect(state.refusal).toBeNull();
    expect(state.fits['propensity/4']!.converged).toBe(true);
    expect(state.fits.dr!.converged).toBe(true);
  });
});
