/**
 * Groups, figures across hospitals and promotion for classes, quantities, counts and times to an event. Oracle: loops over all rows, written from the
 * definitions, and the textbook's random effects.
 */
import { sampleSizeOfTimes } from '@consilium/shared/evaluation';
import type { studyResults } from '@consilium/shared/federation';
import { describe, expect, it } from 'vitest';
import {
  expectAcross,
  expectGroups,
  HOSPITALS,
  judged,
  logistic,
  mean,
  NETWORK,
  pairs,
  planOf,
  type Row,
  same,
  sampleVariance,
  sum,
} from './judged-tasks-world.ts';

/** How many patients were needed. */
function answered({ sampleSize }: NonNullable<ReturnType<typeof studyResults>>) {
  if (sampleSize?.kind !== 'answered') throw new Error('no answer');
  return sampleSize;
}

describe('several classes', () => {
  const level = (rows: readonly Row[], k: number) => {
    const observed = rows.filter(({ kind }) => kind === k).length;
    return { observed, expected: sum(rows.map(({ classes }) => classes!.federated![k]!)), n: rows.length };
  };
  const rank = (rows: readonly Row[], k: number) =>
    pairs(
      rows,
      ({ classes }) => classes!.federated![k]!,
      ({ kind }) => kind === k,
    );

  it('are judged in groups, across hospitals, and over all pairs within the bound', async () => {
    const told = await judged(planOf('kind'));
    expectGroups(told, (shown) => ({
      logLoss: mean(shown.flat().map(({ classes, kind }) => -Math.log(classes!.federated![kind]!))),
      'aurocWithin@1': sum(shown.map((rows) => rank(rows, 1).won)) / sum(shown.map((rows) => rank(rows, 1).all)),
      'observedExpected@2': level(shown.flat(), 2).observed / level(shown.flat(), 2).expected,
    }));
    for (const k of [0, 1, 2]) {
      const own = told.sites.map((rows) => ({ ...rank(rows, k), ...level(rows, k) }));
      const ranks = own.map(({ auroc: a, variance }) => ({ value: Math.log(a / (1 - a)), variance: variance / (a * (1 - a)) ** 2 }));
      expectAcross(told, `aurocWithin@${k}`, ranks, logistic);
      const levels = own.map(({ observed, expected, n }) => ({
        value: Math.log(observed / expected),
        variance: (1 - observed / n) / observed,
      }));
      expectAcross(told, `observedExpected@${k}`, levels, Math.exp);
      const { measures } = told.results.models.federated!;
      expect(Math.abs(measures[`aurocBinned@${k}`]! - rank(told.test, k).auroc)).toBeLessThanOrEqual(measures[`aurocBound@${k}`]!);
    }
    // The slope of all classes is where the log-loss of its own power of the odds, with free levels, is least: a small step is worse.
    const { slope, levels } = slopeOfClasses(told.test);
    expect(told.results.models.federated!.calibrationSlope).toBeCloseTo(slope, 5);
    expect(levels).toHaveLength(2);
    // Patients needed: the likelihood ratio of the training rows, less its optimism, of two sets of two coefficients.
    const train = told.rows.filter(({ set }) => set === 'train');
    const shares = [0, 1, 2].map((k) => train.filter(({ kind }) => kind === k).length / train.length);
    const gain = sum(train.map(({ classes, kind }) => Math.log(classes!.federated![kind]!) - Math.log(shares[kind]!)));
    const { rows, parameters, found } = answered(told.results);
    expect([rows, parameters]).toEqual([train.length, 2]);
    expect(found!.rSquared).toBeCloseTo((1 - 4 / (2 * gain)) * (1 - Math.exp((-2 * gain) / train.length)), 8);
    expect(found!.needed.rows).toBeGreaterThan(100);
  });

  it('promote a network by the paired difference of the log-loss of the class that came', async () => {
    const told = await judged(planOf('kind', NETWORK));
    const validation = told.rows.filter(({ set }) => set === 'validation');
    const differences = validation.map(({ classes, kind }) => Math.log(classes!.exact![kind]!) - Math.log(classes!.federated![kind]!));
    const { meanDifference, upper, reason } = told.results.promotion!;
    expect(meanDifference).toBeCloseTo(mean(differences), 7);
    expect(upper).toBeCloseTo(mean(differences) + 1.959964 * Math.sqrt(sampleVariance(differences) / differences.length), 6);
    expect(['better', 'not-better', 'slope-off']).toContain(reason);
  });
});

/** Newton's method with numerical derivatives on the mean log-loss of softmax(level + slope · log odds). */
function slopeOfClasses(rows: readonly Row[]): { readonly slope: number; readonly levels: readonly number[] } {
  const odds = rows.map(({ classes }) => classes!.federated!.map((p) => Math.log(p / classes!.federated![0]!)));
  const loss = ([a = 0, b = 0, slope = 0]: readonly number[]): number =>
    mean(
      rows.map(({ kind }, i) => {
        const z = [0, a + slope * odds[i]![1]!, b + slope * odds[i]![2]!];
        return Math.log(sum(z.map(Math.exp))) - z[kind]!;
      }),
    );
  let at = [0, 0, 1];
  const h = 1e-4;
  const move = (j: number, by: number, from = at): number[] => from.map((value, k) => (k === j ? value + by : value));
  for (let step = 0; step < 12; step++) {
    const g = at.map((_, j) => (loss(move(j, h)) - loss(move(j, -h))) / (2 * h));
    const H = at.map((_, j) =>
      at.map(
        (_k, k) =>
          (loss(move(k, h, move(j, h))) - loss(move(k, -h, move(j, h))) - loss(move(k, h, move(j, -h))) + loss(move(k, -h, move(j, -h)))) /
          (4 * h * h),
      ),
    );
    const [A, B, C] = H as [number[], number[], number[]];
    const det3 = (a: number[], b: number[], c: number[]): number =>
      a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) - a[1]! * (b[0]! * c[2]! - b[2]! * c[0]!) + a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!);
    const by = (j: number): number =>
      det3(...([A, B, C].map((row, r) => row.map((value, k) => (k === j ? g[r]! : value))) as [number[], number[], number[]]));
    const all = det3(A, B, C);
    at = at.map((value, j) => value - by(j) / all);
  }
  return { slope: at[2]!, levels: at.slice(0, 2) };
}

describe('a quantity', () => {
  const errors = (rows: readonly Row[]): number[] => rows.map(({ pressure, scores }) => pressure - scores.federated!);
  const figure = (values: readonly number[]) => ({ value: mean(values), variance: sampleVariance(values) / values.length });

  it('is judged in groups and across hospitals in its own unit', async () => {
    const told = await judged(planOf('pressure'));
    expectGroups(told, (shown) => ({
      meanAbsoluteError: mean(errors(shown.flat()).map(Math.abs)),
      meanError: mean(errors(shown.flat())),
    }));
    expectAcross(
      told,
      'meanError',
      told.sites.map((rows) => figure(errors(rows))),
      same,
      5,
    );
    const logs = told.sites.map((rows) => {
      const { value, variance } = figure(errors(rows).map(Math.abs));
      return { value: Math.log(value), variance: variance / value ** 2 };
    });
    expectAcross(told, 'meanAbsoluteError', logs, Math.exp, 5);
    // Adjusted R² of the training rows, by its own formula.
    const train = told.rows.filter(({ set }) => set === 'train');
    const spread = sampleVariance(train.map(({ pressure }) => pressure));
    const residual = sum(errors(train).map((value) => value * value)) / (train.length - 3);
    const { found, rows, events, parameters } = answered(told.results);
    expect([rows, events, parameters]).toEqual([train.length, null, 2]);
    expect(found!.rSquared).toBeCloseTo(1 - residual / spread, 8);
    // Least squares of the values on the predictions, hospital by hospital.
    const slopes = told.sites.map((rows) => {
      const x = rows.map(({ scores }) => scores.federated!);
      const sxx = sum(x.map((value) => (value - mean(x)) ** 2));
      const slope = sum(rows.map(({ pressure }, i) => (x[i]! - mean(x)) * pressure)) / sxx;
      const level = mean(rows.map(({ pressure }) => pressure)) - slope * mean(x);
      const residual = sum(rows.map(({ pressure }, i) => (pressure - level - slope * x[i]!) ** 2)) / (rows.length - 2);
      return { value: slope, variance: residual / sxx };
    });
    expectAcross(told, 'calibrationSlope', slopes, same, 5);
  });

  it('promotes a network by its Gaussian log-loss', async () => {
    const { promotion } = (await judged(planOf('pressure', NETWORK))).results;
    expect(promotion!.meanDifference).not.toBeNull();
    expect(['better', 'not-better', 'slope-off']).toContain(promotion!.reason);
  });
});

describe('a count', () => {
  it('has no published criterion of how many patients are needed, and says so', async () => {
    expect((await judged(planOf('visits'))).results.sampleSize).toEqual({ kind: 'refused', reason: 'count' });
  });

  it('is judged in groups and across hospitals, with the variance that the counts show themselves', async () => {
    const told = await judged(planOf('visits'));
    const level = (rows: readonly Row[]) =>
      [sum(rows.map(({ visits }) => visits)), sum(rows.map(({ scores }) => scores.federated!))] as const;
    expectGroups(told, (shown) => ({ observedExpected: level(shown.flat())[0] / level(shown.flat())[1] }));
    const levels = told.sites.map((rows) => {
      const [observed, expected] = level(rows);
      return {
        value: Math.log(observed / expected),
        variance: sum(rows.map(({ visits, scores }) => (visits - scores.federated!) ** 2)) / observed ** 2,
      };
    });
    expectAcross(told, 'observedExpected', levels, Math.exp);
  });
});

describe('a time to an event', () => {
  const HORIZON = 300;
  const isPair = (a: Row, b: Row): boolean => a.died === 1 && (a.days < b.days || (a.days === b.days && b.died === 0));
  const wins = (a: Row, b: Row): number =>
    a.scores.federated! > b.scores.federated! ? 1 : a.scores.federated! === b.scores.federated! ? 0.5 : 0;

  /** Harrell's C by definition, and its variance by how it moves when one patient counts a little more. */
  function ranks(rows: readonly Row[]) {
    let [won, all] = [0, 0];
    const own = rows.map(() => ({ won: 0, all: 0 }));
    rows.forEach((a, i) => {
      rows.forEach((b, j) => {
        if (i === j || !isPair(a, b)) return;
        won += wins(a, b);
        all += 1;
        for (const at of [i, j]) {
          own[at]!.won += wins(a, b);
          own[at]!.all += 1;
        }
      });
    });
    const weight = 1e-6;
    const influence = own.map((part) => ((won + weight * part.won) / (all + weight * part.all) - won / all) / weight);
    return { won, all, value: won / all, variance: sum(influence.map((value) => value ** 2)) };
  }

  /** Kaplan-Meier at the horizon with Greenwood's variance, by loops. */
  function survival(rows: readonly Row[]) {
    let [value, spread] = [1, 0];
    for (const time of [...new Set(rows.filter(({ died }) => died === 1).map(({ days }) => days))].toSorted((a, b) => a - b)) {
      if (time > HORIZON) break;
      const atRisk = rows.filter(({ days }) => days >= time).length;
      const events = rows.filter(({ days, died }) => days === time && died === 1).length;
      value *= 1 - events / atRisk;
      spread += events / (atRisk * (atRisk - events));
    }
    return { value, variance: value * value * spread };
  }

  it('is judged in groups and across hospitals', async () => {
    const told = await judged(planOf('death'));
    expectGroups(told, (shown) => ({
      concordanceWithin: sum(shown.map((rows) => ranks(rows).won)) / sum(shown.map((rows) => ranks(rows).all)),
      observedExpected:
        sum(shown.map((rows) => rows.length * (1 - survival(rows).value))) / sum(shown.flat().map(({ scores }) => scores.federated!)),
    }));
    const own = told.sites.map(ranks);
    expectAcross(
      told,
      'concordanceWithin',
      own.map(({ value, variance }) => ({ value: Math.log(value / (1 - value)), variance: variance / (value * (1 - value)) ** 2 })),
      logistic,
      5,
    );
    const levels = told.sites.map((rows) => {
      const { value, variance } = survival(rows);
      const expected = mean(rows.map(({ scores }) => scores.federated!));
      return { value: Math.log((1 - value) / expected), variance: variance / (1 - value) ** 2 };
    });
    expectAcross(told, 'observedExpected', levels, Math.exp);
    // The interval of all hospitals' C: variances of the pair counts add up.
    const { measures, intervals } = told.results.models.federated!;
    const c = sum(own.map(({ won }) => won)) / sum(own.map(({ all }) => all));
    const error = Math.sqrt(sum(own.map(({ all, variance }) => all * all * variance))) / sum(own.map(({ all }) => all));
    expect(measures.concordanceWithin).toBeCloseTo(c, 8);
    expect(intervals.concordanceWithin![0]).toBeCloseTo(logistic(Math.log(c / (1 - c)) - (1.959964 * error) / (c * (1 - c))), 5);
    // Patients needed: Cox's likelihood ratio within hospitals, where no column counts all at risk are alike (Efron).
    const train = told.rows.filter(({ set }) => set === 'train');
    const empty = sum(
      [...HOSPITALS.keys()].flatMap((site) => {
        const rows = train.filter((row) => row.site === site);
        return [...new Set(rows.filter(({ died }) => died === 1).map(({ days }) => days))].map((day) => {
          const tied = rows.filter((row) => row.days === day && row.died === 1).length;
          const atRisk = rows.filter(({ days }) => days >= day).length;
          return sum(Array.from({ length: tied }, (_, l) => Math.log(atRisk - l)));
        });
      }),
    );
    const gain = empty - told.results.fits.find(({ label }) => label === 'cox')!.loss!;
    const { rows, events, parameters, found } = answered(told.results);
    expect([rows, parameters]).toEqual([train.length, 2]);
    expect(events).toBe(train.filter(({ days, died }) => died === 1 && days <= 300).length);
    expect(found!.rSquared).toBeCloseTo((1 - 2 / (2 * gain)) * (1 - Math.exp((-2 * gain) / train.length)), 8);
    const followUp = mean(train.map(({ days }) => Math.min(days, 300)));
    const asked = { parameters: 2, eventsPerPatient: events! / train.length, horizonInFollowUps: 300 / followUp };
    const again = sampleSizeOfTimes({ ...asked, rSquared: found!.rSquared });
    expect(found!.needed.rows).toBe(again.rows);
  });

  it('promotes a network by the likelihood of the intervals that patients entered; a model that only orders patients never', async () => {
    const { promotion } = (await judged(planOf('death', NETWORK))).results;
    expect(promotion!.meanDifference).not.toBeNull();
    expect(['better', 'not-better', 'slope-off']).toContain(promotion!.reason);
    const ranking = await judged(planOf('death', NETWORK.replace(/model: .*/, 'model: { kind: linear }')));
    expect(ranking.results.promotion).toMatchObject({ isPromoted: false, reason: 'no-loss' });
  });
});
