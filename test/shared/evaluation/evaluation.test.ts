import {
  auroc,
  calibrationCurve,
  directMetrics,
  evaluationLength,
  evaluationNames,
  readEvaluation,
  siteEvaluation,
} from '@consilium/shared/evaluation';
import { predictLogistic } from '@consilium/shared/models';
import { fitLogistic } from '@consilium/shared/training';
import { describe, expect, it } from 'vitest';
import { slowAuroc } from '../../reference/auroc-slow-twin.ts';
import { heartIsAbsent, loadHeart, pooled } from '../../reference/heart-disease.ts';
import { seededUniform } from '../../reference/made-rows.ts';

const OPTIONS = { bins: 100, thresholds: [0.1, 0.3, 0.5], smallestCell: 10 };
const SCORES = [0.1, 0.4, 0.35, 0.8, 0.4, 0.9, 0.2, 0.65, 0.4, 0.05];
const LABELS = [0, 0, 1, 1, 1, 1, 0, 0, 1, 0];

function hospital(rows: number, seed: number): { scores: number[]; labels: number[] } {
  const uniform = seededUniform(seed);
  const scores = Array.from({ length: rows }, uniform);
  return { scores, labels: scores.map((score) => (uniform() < score ** 1.5 ? 1 : 0)) };
}

function add(vectors: readonly Float64Array[]): Float64Array {
  return vectors.reduce((sum, vector) => sum.map((value, i) => value + vector[i]!));
}

describe('an evaluation over sites', () => {
  const sites = [hospital(80, 1), hospital(300, 2), hospital(41, 3)];
  const sum = add(sites.map((site) => siteEvaluation({ ...site, options: OPTIONS })));
  const result = readEvaluation(sum, OPTIONS);
  const scores = sites.flatMap((site) => site.scores);
  const labels = sites.flatMap((site) => site.labels);

  it('has as many entries as names, and no name twice', () => {
    expect(evaluationNames(OPTIONS)).toHaveLength(evaluationLength(OPTIONS));
    expect(new Set(evaluationNames(OPTIONS)).size).toBe(evaluationLength(OPTIONS));
    expect(sum).toHaveLength(evaluationLength(OPTIONS));
  });

  it('gives what the pooled rows give, for every plain sum', () => {
    const direct = directMetrics(scores, labels);
    for (const key of ['n', 'events', 'logLoss', 'brier', 'accuracy', 'observedExpected'] as const) {
      expect(Math.abs(result[key]! - direct[key]!)).toBeLessThanOrEqual(1e-8);
    }
  });

  it('has the within-hospital AUROC and its standard error by the definition', () => {
    const parts = sites.map((site) => slowAuroc(site.scores, site.labels));
    const pairs = parts.reduce((total, part) => total + part.pairs, 0);
    expect(result.aurocWithin).toBeCloseTo(parts.reduce((total, part) => total + part.concordant, 0) / pairs, 10);
    const variance = parts.reduce((total, part) => total + part.pairs ** 2 * part.variance, 0) / pairs ** 2;
    expect(result.aurocWithinSe).toBeCloseTo(Math.sqrt(variance), 8);
    expect(result.aurocWithinInterval![0]).toBeLessThan(result.aurocWithin!);
    expect(result.aurocWithinInterval![1]).toBeGreaterThan(result.aurocWithin!);
    expect(result.informativeSites).toBe(3);
  });

  it('holds the exact pooled AUROC within its bound', () => {
    expect(Math.abs(result.aurocBinned! - auroc(scores, labels)!)).toBeLessThanOrEqual(result.aurocBound!);
    expect(result.aurocBound!).toBeLessThan(0.01);
    expect(result.histogramRows).toBe(421);
  });

  it('has the net benefit that counting gives', () => {
    for (const { threshold, model, treatAll, sensitivity, specificity } of result.netBenefit) {
      const treated = labels.filter((_, i) => scores[i]! >= threshold);
      const truePositives = treated.filter((label) => label === 1).length;
      const odds = threshold / (1 - threshold);
      const events = labels.filter((label) => label === 1).length;
      expect(model).toBeCloseTo((truePositives - (treated.length - truePositives) * odds) / 421, 12);
      expect(treatAll).toBeCloseTo((events - (421 - events) * odds) / 421, 12);
      expect(sensitivity).toBeCloseTo(truePositives / events, 12);
      expect(specificity).toBeCloseTo(1 - (treated.length - truePositives) / (421 - events), 12);
    }
  });

  it('has calibration points that cover the histogram and lie within half a bin of the mean score', () => {
    expect(result.calibration.reduce((total, point) => total + point.count, 0)).toBe(421);
    expect(result.calibration.length).toBeGreaterThan(5);
    const predicted = result.calibration.reduce((total, point) => total + point.predicted * point.count, 0) / 421;
    expect(Math.abs(predicted - scores.reduce((a, b) => a + b) / 421)).toBeLessThan(0.005);
  });

  it('is the same through an encoding with steps of 2^-40', () => {
    const rounded = readEvaluation(
      sum.map((value) => Math.round(value * 2 ** 40) / 2 ** 40),
      OPTIONS,
    );
    expect(rounded.aurocWithinSe).toBeCloseTo(result.aurocWithinSe!, 6);
    expect({ ...rounded, aurocWithinSe: 0, aurocWithinInterval: 0, logLoss: 0, brier: 0, observedExpected: 0 }).toEqual({
      ...result,
      aurocWithinSe: 0,
      aurocWithinInterval: 0,
      logLoss: 0,
      brier: 0,
      observedExpected: 0,
    });
  });
});

describe('a site with few patients of a class', () => {
  const site = { scores: Array.from({ length: 16 }, (_, i) => i / 16), labels: Array.from({ length: 16 }, (_, i) => (i === 3 ? 0 : 1)) };
  const vector = siteEvaluation({ ...site, options: OPTIONS });
  const entry = new Map(evaluationNames(OPTIONS).map((name, i) => [name, vector[i]!]));

  it('leaves that class out of the histogram and stays out of the pairs, but counts in the plain sums', () => {
    expect(entry.get('n')).toBe(16);
    expect(entry.get('events')).toBe(15);
    expect(entry.get('pairs')).toBe(0);
    expect(entry.get('informativeSites')).toBe(0);
    const total = (prefix: string) => [...entry].filter(([name]) => name.startsWith(prefix)).reduce((sum, [, value]) => sum + value, 0);
    expect(total('nonEvents#')).toBe(0);
    expect(total('events#')).toBe(15);
  });

  it('stays out of the pairs also with a few of the class', () => {
    const scores = Array.from({ length: 25 }, (_, i) => i / 25);
    const few = siteEvaluation({ scores, labels: scores.map((_, i) => (i % 5 === 0 ? 0 : 1)), options: OPTIONS });
    const position = evaluationNames(OPTIONS).indexOf('concordantPairs');
    expect(Array.from(few.slice(position, position + 4))).toEqual([0, 0, 0, 0]);
  });

  it('alone has no AUROC, and nothing is NaN', () => {
    const result = readEvaluation(vector, OPTIONS);
    expect(result).toMatchObject({ aurocWithin: null, aurocWithinSe: null, aurocBinned: null, aurocBound: null, roc: [] });
    expect(JSON.stringify(result)).not.toContain('NaN');
    // Without anybody of the left-out class every group would look as if all had the outcome.
    expect(result.calibration).toEqual([]);
    expect(directMetrics(site.scores, site.labels)).toMatchObject({ auroc: null, calibrationSlope: null, accuracy: expect.any(Number) });
  });
});

describe('empty and extreme inputs', () => {
  it('no rows: zeros in, nulls out', () => {
    const vector = siteEvaluation({ scores: [], labels: [], options: { ...OPTIONS, smallestCell: 0 } });
    expect(vector.every((value) => value === 0)).toBe(true);
    const { n, logLoss, brier, accuracy, observedExpected } = readEvaluation(vector, OPTIONS);
    expect({ n, logLoss, brier, accuracy, observedExpected }).toEqual({
      n: 0,
      logLoss: null,
      brier: null,
      accuracy: null,
      observedExpected: null,
    });
    expect(directMetrics([], [])).toMatchObject({ n: 0, logLoss: null, auroc: null });
  });

  it('a sure mistake costs −log 1e-15, not infinity', () => {
    expect(directMetrics([0], [1]).logLoss).toBeCloseTo(15 * Math.LN10, 6);
    expect(directMetrics([1], [0]).logLoss).toBeCloseTo(15 * Math.LN10, 1);
  });

  it('refuses scores and labels out of range', () => {
    expect(() => siteEvaluation({ scores: [Number.NaN], labels: [1], options: OPTIONS })).toThrow(/score 0/);
    expect(() => siteEvaluation({ scores: [0.5], labels: [2], options: OPTIONS })).toThrow(/label 0/);
    expect(() => directMetrics([1.1], [1])).toThrow(RangeError);
    expect(() => readEvaluation(new Float64Array(3), OPTIONS)).toThrow(RangeError);
  });
});

describe('direct metrics', () => {
  it('have the values of scikit-learn', () => {
    // sklearn.metrics log_loss, brier_score_loss, roc_auc_score on the ten rows above; accuracy and O:E by numpy
    const metrics = directMetrics(SCORES, LABELS, 1);
    expect(metrics.logLoss).toBeCloseTo(0.5151352764843279, 12);
    expect(metrics.brier).toBeCloseTo(0.18275, 12);
    expect(metrics.accuracy).toBe(0.6);
    expect(metrics.observedExpected).toBeCloseTo(1.1764705882352942, 12);
    expect(metrics.auroc).toBeCloseTo(0.8, 12);
  });

  it('draw a calibration curve whose points average to the data', () => {
    const { scores, labels } = hospital(1000, 5);
    const points = calibrationCurve(scores, labels);
    expect(points).toHaveLength(10);
    expect(points.every((point) => point.count === 100)).toBe(true);
    expect(points.reduce((sum, point) => sum + point.observed, 0) / 10).toBeCloseTo(labels.reduce((a, b) => a + b, 0) / 1000, 12);
  });
});

describe.skipIf(heartIsAbsent)('four real hospitals', () => {
  // Figures: `../shared/reference/heart-and-tcga.md`. Its within-hospital .8629 counts the Swiss hospital's single healthy patient too;
  // with the smallest cell of ten that hospital stays out, and three hospitals give .8627.
  const sites = heartIsAbsent ? [] : loadHeart('A');
  const evaluate = (smallestCell: number) => {
    const { coefficients } = fitLogistic(pooled(sites.map((site) => site.train)), 1);
    const options = { ...OPTIONS, smallestCell };
    const scored = sites.map((site) => ({ scores: predictLogistic(coefficients, site.test), labels: site.test.y }));
    return readEvaluation(add(scored.map((site) => siteEvaluation({ ...site, options }))), options);
  };

  it('reach the published accuracy, log-loss and AUROCs', () => {
    const live = evaluate(10);
    expect(live.n).toBe(254);
    expect(live.accuracy).toBeCloseTo(0.7953, 4);
    expect(live.logLoss).toBeCloseTo(0.4355, 4);
    expect(live.informativeSites).toBe(3);
    expect(live.aurocWithin).toBeCloseTo(0.8627, 4);
    expect(Math.abs(live.aurocBinned! - 0.8812)).toBeLessThanOrEqual(live.aurocBound!);
  });

  it('reach the published pooled AUROC from rows, and per hospital', () => {
    const { coefficients } = fitLogistic(pooled(sites.map((site) => site.train)), 1);
    const test = pooled(sites.map((site) => site.test));
    expect(auroc(predictLogistic(coefficients, test), test.y)).toBeCloseTo(0.8812, 4);
    const published = [0.8642, 0.877, 0.933, 0.774];
    for (const [k, site] of sites.entries())
      expect(auroc(predictLogistic(coefficients, site.test), site.test.y)).toBeCloseTo(published[k]!, 3);
  });
});
