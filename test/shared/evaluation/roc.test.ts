import { auroc, delongVariance, histogramAuroc, pairCounts, rocCurve } from '@consilium/shared/evaluation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slowAuroc } from '../../reference/auroc-slow-twin.ts';

/** Few distinct scores, so that ties are common. */
const scored = fc.array(fc.record({ score: fc.integer({ min: 0, max: 12 }).map((k) => k / 12), label: fc.integer({ min: 0, max: 1 }) }), {
  minLength: 4,
  maxLength: 60,
});
const hasTwoOfEach = (labels: readonly number[]) => labels.filter((l) => l === 1).length >= 2 && labels.filter((l) => l === 0).length >= 2;

describe('the exact AUROC', () => {
  it('has the value of scikit-learn on a small example with ties', () => {
    // python3 -c "from sklearn.metrics import roc_auc_score as r; print(r([0,0,1,1,1,1,0,0,1,0],[.1,.4,.35,.8,.4,.9,.2,.65,.4,.05]))"
    expect(auroc([0.1, 0.4, 0.35, 0.8, 0.4, 0.9, 0.2, 0.65, 0.4, 0.05], [0, 0, 1, 1, 1, 1, 0, 0, 1, 0])).toBeCloseTo(0.8, 14);
  });

  it('counts pairs and their variance as the definition does, ties included', () => {
    let compared = 0;
    fc.assert(
      fc.property(scored, (rows) => {
        const scores = rows.map((row) => row.score);
        const labels = rows.map((row) => row.label);
        if (!hasTwoOfEach(labels)) return;
        compared++;
        const expected = slowAuroc(scores, labels);
        const actual = pairCounts(scores, labels);
        expect(actual.concordant).toBeCloseTo(expected.concordant, 9);
        expect(actual.pairs).toBe(expected.pairs);
        expect(actual.variance).toBeCloseTo(expected.variance, 12);
      }),
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('is null without both classes; its variance without two of each', () => {
    expect(auroc([0.1, 0.2], [1, 1])).toBe(null);
    expect(auroc([], [])).toBe(null);
    expect(delongVariance([0.1, 0.2, 0.3], [1, 0, 0])).toBe(null);
  });

  it('does a million rows', () => {
    const n = 1_000_000;
    const scores = Float64Array.from({ length: n }, (_, i) => ((i * 7919) % 1000) / 1000);
    const labels = Float64Array.from({ length: n }, (_, i) => i % 2);
    expect(auroc(scores, labels)).toBeGreaterThan(0.45);
  });
});

describe('the ROC curve', () => {
  it('runs from (0, 0) to (1, 1), never falls, and encloses the AUROC', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const scores = rows.map((row) => row.score);
        const labels = rows.map((row) => row.label);
        const points = rocCurve(scores, labels);
        const expected = auroc(scores, labels);
        if (expected === null) {
          expect(points).toEqual([]);
          return;
        }
        expect(points[0]).toEqual({ falsePositiveRate: 0, truePositiveRate: 0 });
        expect(points.at(-1)).toEqual({ falsePositiveRate: 1, truePositiveRate: 1 });
        let area = 0;
        for (let i = 1; i < points.length; i++) {
          const width = points[i]!.falsePositiveRate - points[i - 1]!.falsePositiveRate;
          expect(width).toBeGreaterThanOrEqual(0);
          area += (width * (points[i]!.truePositiveRate + points[i - 1]!.truePositiveRate)) / 2;
        }
        expect(area).toBeCloseTo(expected, 10);
      }),
    );
  });
});

describe('the AUROC of a histogram', () => {
  it('is within its bound of the exact one, for any number of bins', () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 2, max: 30 }), (rows, bins) => {
        const labels = rows.map((row) => row.label);
        const scores = rows.map((row) => row.score);
        const count = (label: number) => {
          const counts = new Array<number>(bins).fill(0);
          for (const row of rows) if (row.label === label) counts[Math.min(bins - 1, Math.floor(row.score * bins))]!++;
          return counts;
        };
        const binned = histogramAuroc(count(1), count(0));
        const exact = auroc(scores, labels);
        if (exact === null || binned === null) {
          expect(binned).toBe(exact);
          return;
        }
        expect(Math.abs(binned.auroc - exact)).toBeLessThanOrEqual(binned.bound + 1e-12);
      }),
    );
  });
});
