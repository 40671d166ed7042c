/**
 * Groups of patients, figures across hospitals, promotion and sample size of whole studies. Oracle: loops over all rows, written
 * from the definitions; the rule that hides groups is replayed on counts a person can check.
 */

import { hiddenGroups, sampleSize } from '@consilium/shared/evaluation';
import { describe, expect, it } from 'vitest';
import { randomEffects } from '../../reference/hartung-knapp.ts';

import { errorsOf, GROUPS, judged, loss, mean, pairsOf, planOf, shownRows, slopeOf, textOf, withheld } from './judgement-world.ts';

describe('groups of patients', () => {
  it('are counted from each hospital that has enough of them, and equal to loops over those rows', async () => {
    const { results, rows } = await judged(planOf(textOf()), 6);
    const test = rows.filter(({ set }) => set === 'test');
    expect(results.subgroups.map(({ feature, group }) => [feature, group])).toEqual(GROUPS.map(([feature, group]) => [feature, group]));
    let hidden = 0;
    for (const { feature, group, result } of results.subgroups) {
      const own = shownRows(test, feature, 5).get(group) ?? [];
      hidden += test.filter((row) => GROUPS.find(([f, g]) => f === feature && g === group)![2](row)).length - own.length;
      if (result === null) {
        expect(withheld(test, feature), `${feature} ${group}`).toContain(group);
        continue;
      }
      expect(withheld(test, feature)).not.toContain(group);
      expect(result.n, `${feature} ${group}`).toBe(own.length);
      expect(result.events).toBe(own.filter(({ y }) => y === 1).length);
      expect(result.measures.logLoss).toBeCloseTo(mean(own.map(({ scores, y }) => loss(scores.federated!, y))), 7);
      expect(result.measures.observedExpected).toBeCloseTo(result.events / own.reduce((sum, { scores }) => sum + scores.federated!, 0), 7);
      const pairs = [...new Set(own.map(({ site }) => site))].map((site) => pairsOf(own.filter((row) => row.site === site)));
      expect(result.measures.aurocWithin).toBeCloseTo(
        pairs.reduce((sum, { won }) => sum + won, 0) / pairs.reduce((sum, { all }) => sum + all, 0),
        7,
      );
      expect(result.sites).toBe(pairs.length);
    }
    // The last hospital's women, its men with them; elsewhere the few of unknown age, with their neighbours.
    expect(new Set((shownRows(test, 'age', 5).get('') ?? []).map(({ site }) => site)).size).toBe(2);
    expect(hidden).toBeGreaterThan(50);
    expect(results.subgroups.some(({ result }) => result === null)).toBe(true);
    expect(results.subgroups.filter(({ result }) => result !== null).length).toBeGreaterThanOrEqual(3);
  });

  it('are the same through masks', async () => {
    const plan = planOf(textOf());
    const open = await judged(plan, 4);
    const masked = await judged(plan, 4, false, 'on');
    expect(masked.results.subgroups).toEqual(open.results.subgroups);
  });

  it('hide by events and non-events alike, and never alone', () => {
    const cell = (n: number, events: number) => ({ n, fewest: Math.min(events, n - events) });
    expect(hiddenGroups([cell(40, 20), cell(30, 15), cell(50, 20)], 10)).toEqual([false, false, false]);
    expect(hiddenGroups([cell(40, 9), cell(30, 15), cell(50, 20)], 10)).toEqual([true, true, false]);
    expect(hiddenGroups([cell(40, 31), cell(90, 15), cell(50, 20)], 10)).toEqual([true, false, true]);
    expect(hiddenGroups([cell(40, 31), cell(9, 4), cell(50, 20)], 10)).toEqual([true, true, false]);
    // An empty group hides nothing and covers nothing.
    expect(hiddenGroups([cell(40, 31), cell(0, 0), cell(50, 20)], 10)).toEqual([true, false, true]);
    expect(hiddenGroups([cell(0, 0), cell(30, 15), cell(50, 20)], 10)).toEqual([false, false, false]);
  });

  it('are refused without sense', () => {
    expect(errorsOf(textOf('subgroups: [{ feature: weight }]'))).toContain('is "weight", which is not a feature');
    expect(errorsOf(textOf('subgroups: [{ feature: age }]'))).toContain('say where groups begin');
    expect(errorsOf(textOf('subgroups: [{ feature: sex, cuts: [1] }]'))).toContain('the groups of "sex" are its codes');
    expect(errorsOf(textOf('subgroups: [{ feature: age, cuts: [65, 50] }]'))).toContain('must rise');
    expect(errorsOf(textOf('subgroups: [{ feature: sex }, { feature: sex }]'))).toContain('a second time');
  });
});

describe('figures across hospitals', () => {
  it('are the mean and interval of Hartung and Knapp from each hospital’s own rows', async () => {
    const { results, rows } = await judged(planOf(textOf('thresholds: [0.2]')), 6);
    const test = rows.filter(({ set }) => set === 'test');
    const sites = [...new Set(test.map(({ site }) => site))].map((site) => test.filter((row) => row.site === site));
    const figures = sites.map((own) => {
      const { won, all } = pairsOf(own);
      const observed = own.filter(({ y }) => y === 1).length;
      const expected = own.reduce((sum, { scores }) => sum + scores.federated!, 0);
      const a = won / all;
      // DeLong's components, patient by patient.
      const part = (y: number): number => {
        const mine = own.filter((row) => row.y === y);
        const others = own.filter((row) => row.y !== y);
        const shares = mine.map(({ scores }) =>
          mean(
            others.map((other) =>
              scores.federated! === other.scores.federated! ? 0.5 : Number(scores.federated! > other.scores.federated! === (y === 1)),
            ),
          ),
        );
        const middle = mean(shares);
        return shares.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (shares.length - 1) / shares.length;
      };
      return {
        aurocWithin: { value: Math.log(a / (1 - a)), variance: (part(1) + part(0)) / (a * (1 - a)) ** 2 },
        observedExpected: { value: Math.log(observed / expected), variance: (1 - observed / own.length) / observed },
        calibrationSlope: slopeOf(own),
      };
    });
    const logistic = (value: number): number => 1 / (1 + Math.exp(-value));
    expect(results.acrossSites.map(({ figure }) => figure)).toEqual(['aurocWithin', 'observedExpected', 'calibrationSlope']);
    for (const { figure, result } of results.acrossSites) {
      const own = randomEffects(figures.map((each) => each[figure as keyof typeof each]));
      const scale = { aurocWithin: logistic, observedExpected: Math.exp }[figure] ?? ((value: number) => value);
      expect(result.sites).toBe(6);
      expect(result.mean).toBeCloseTo(scale(own.middle), 6);
      expect(result.interval[0]).toBeCloseTo(scale(own.low), 6);
      expect(result.prediction[1]).toBeCloseTo(scale(own.wide), 6);
    }
  });

  it('are not told of four hospitals', async () => {
    const { results, programme } = await judged(planOf(textOf('thresholds: [0.2]')), 4);
    expect(results.acrossSites).toEqual([]);
    expect(programme.judgement).toBeNull();
  });
});

describe('a network', () => {
  const network = `model: { kind: mlp, hidden: [8] }
algorithm: { kind: fedavg, learningRate: 0.05, localEpochs: 5, batchSize: 32 }
rounds: { count: 12 }
personal: none`;

  it('is promoted on validation rows alone, by the paired difference and its slope', async () => {
    const { results, rows } = await judged(planOf(textOf('thresholds: [0.2]', network)), 4, true);
    const validation = rows.filter(({ set }) => set === 'validation');
    const differences = validation.map(({ scores, y }) => loss(scores.federated!, y) - loss(scores.exact!, y));
    const middle = mean(differences);
    const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - middle) ** 2, 0) / (differences.length - 1));
    expect(results.promotion!.meanDifference).toBeCloseTo(middle, 7);
    expect(results.promotion!.upper).toBeCloseTo(middle + (1.959964 * sd) / Math.sqrt(differences.length), 6);
    expect(results.promotion!.upper).toBeLessThan(0);
    expect(results.promotion!.slope).not.toBeNull();
    const { slope, reason } = results.promotion!;
    expect(reason).toBe(slope! >= 0.8 && slope! <= 1.25 ? 'better' : 'slope-off');
    expect(slope).toBeCloseTo(slopeOf(validation).value, 6);
  });

  it('is judged by the hospitals with enough validation patients only', async () => {
    const plan = planOf(textOf('thresholds: [0.2]', network).replace('smallestCell: 5', 'smallestCell: 40'));
    const { results, rows } = await judged(plan, 5, true);
    const validation = [...new Set(rows.map(({ site }) => site))]
      .map((site) => rows.filter((row) => row.site === site && row.set === 'validation'))
      .filter((own) => own.length >= 40);
    expect(validation.length).toBeGreaterThanOrEqual(3);
    expect(validation.length).toBeLessThan(5);
    const differences = validation.flat().map(({ scores, y }) => loss(scores.federated!, y) - loss(scores.exact!, y));
    expect(results.promotion!.meanDifference).toBeCloseTo(mean(differences), 7);
  });

  it('that is no better is not promoted, and nobody asks for its slope', async () => {
    const { results } = await judged(planOf(textOf('thresholds: [0.2]', network.replace('count: 12', 'count: 1'))), 4);
    expect(results.promotion).toMatchObject({ isPromoted: false, reason: 'not-better', slope: null });
  });
});

describe('a study', () => {
  it('says how many patients it needs, before with the planned and after with the found R²', async () => {
    const { results, rows } = await judged(planOf(textOf('plannedRSquared: 0.2')), 4);
    const train = rows.filter(({ set }) => set === 'train');
    const events = train.filter(({ y }) => y === 1).length;
    const answer = results.sampleSize;
    if (answer?.kind !== 'answered') throw new Error('no answer');
    const { planned, found, parameters } = answer;
    expect(answer).toMatchObject({ rows: train.length, events, parameters: 2 });
    expect(planned).toEqual({ rSquared: 0.2, needed: sampleSize({ parameters, prevalence: events / train.length, rSquared: 0.2 }) });
    const gain = train.reduce((sum, { y, scores }) => sum + loss(events / train.length, y) - loss(scores.federated!, y), 0);
    const apparent = 1 - Math.exp((-2 * gain) / train.length);
    expect(found!.rSquared).toBeCloseTo((1 - parameters / (2 * gain)) * apparent, 9);
  });

  it('scores the test part once for each model: no state leads to a second evaluation', async () => {
    const { timeline, programme } = await judged(planOf(textOf()), 4);
    const kinds = timeline.filter(({ kind }) => kind === 'evaluation');
    expect(kinds.map(({ label }) => label)).toEqual(['federated', 'judgement']);
    expect(Object.keys(programme.evaluations)).toEqual(['federated']);
    expect(programme.stage.kind).toBe('done');
  });
});
