/** Metrics of counted rows against the plain metrics of the rows written out, ties, single classes and missing scores among them. */
import { auroc, directMetrics, pairCounts } from '@consilium/shared/evaluation';
import { BINARY_METRICS, binaryMetrics, testRowsOf } from '@consilium/simulations/comparison';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const row = fc.record({
  site: fc.constantFrom('a', 'b', 'c'),
  outcome: fc.constantFrom(0, 1),
  score: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined, freq: 8 }),
  count: fc.integer({ min: 0, max: 3 }),
});

it('equals the plain metrics of the repeated rows', () => {
  let defined = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (drawn) => {
      const predictions = drawn.map(({ site, outcome, score }, at) => ({
        site,
        row: at,
        set: 'test',
        outcome,
        scores: score === undefined ? ({} as Record<string, number>) : { model: score / 8 },
      }));
      const rows = testRowsOf([predictions]);
      const values = binaryMetrics(rows, rows.scoresOf(predictions, 'model'))(drawn.map(({ count }) => count));
      const written = drawn
        .flatMap(({ count, ...item }) => Array.from({ length: count }, () => item))
        .filter((item) => item.score !== undefined);
      const scores = written.map((item) => (item.score ?? 0) / 8);
      const labels = written.map((item) => item.outcome);
      const plain = directMetrics(scores, labels, 1);
      const pairs = ['a', 'b', 'c'].map((site) => {
        const own = written.filter((item) => item.site === site);
        return pairCounts(
          own.map((item) => (item.score ?? 0) / 8),
          own.map((item) => item.outcome),
        );
      });
      const all = pairs.reduce((sum, item) => sum + item.pairs, 0);
      const within = all > 0 ? pairs.reduce((sum, item) => sum + item.concordant, 0) / all : null;
      const expected: Record<string, number | null> = { ...plain, auroc: auroc(scores, labels), aurocWithin: within };
      for (const [at, name] of BINARY_METRICS.entries()) {
        const wanted = expected[name] ?? null;
        if (wanted === null) expect(values[at]).toBeNaN();
        else expect(Math.abs((values[at] ?? Number.NaN) - wanted)).toBeLessThan(1e-12);
        if (wanted !== null && name === 'aurocWithin') defined += 1;
      }
    }),
    { numRuns: 300 },
  );
  expect(defined).toBeGreaterThan(100);
});
