/** Metrics of counted rows of every task but two classes, against the plain definitions on the rows written out. */
import { brierSums, concordancePairs, kaplanMeier, survivalAt } from '@consilium/shared/evaluation';
import { classMetrics, countMetrics, regressionMetrics, survivalMetrics, testRowsOf } from '@consilium/simulations/comparison';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const SITES = ['a', 'b', 'c'];
const drawn = fc.array(
  fc.record({
    site: fc.constantFrom(...SITES),
    time: fc.integer({ min: 1, max: 9 }),
    outcome: fc.constantFrom(0, 1),
    score: fc.integer({ min: 0, max: 8 }).map((value) => value / 8),
    count: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 30 },
);
type Drawn = { site: string; time: number; outcome: number; score: number; count: number };

const predictionsOf = (items: readonly Drawn[]) =>
  items.map(({ site, time, outcome, score }, row) => ({ site, row, set: 'test', outcome, time, scores: { model: score } }));
const written = (items: readonly Drawn[]) => items.flatMap((item) => Array.from({ length: item.count }, () => item));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const same = (found: number | undefined, wanted: number) => {
  if (Number.isNaN(wanted)) expect(found).toBeNaN();
  else expect(Math.abs((found ?? Number.NaN) - wanted)).toBeLessThan(1e-12);
};

it('counts concordance and weighs errors as on the repeated rows', () => {
  const horizon = 5;
  let judged = 0;
  fc.assert(
    fc.property(drawn, (items) => {
      const predictions = predictionsOf(items);
      const rows = testRowsOf([predictions]);
      const counts = items.map(({ count }) => count);
      const [within, pooled, brier] = survivalMetrics(rows, rows.scoresOf(predictions, 'model'), horizon, true)(counts);
      const all = written(items);
      const pairs = (own: readonly Drawn[]) =>
        concordancePairs(
          own.map((r) => r.score),
          own.map((r) => r.time),
          own.map((r) => r.outcome),
        );
      const parts = SITES.map((site) => all.filter((item) => item.site === site));
      const total = parts.map(pairs).reduce((sum, pair) => [sum[0]! + pair.concordant + pair.tied / 2, sum[1]! + pair.comparable], [0, 0]);
      same(within, total[0]! / total[1]!);
      const everywhere = pairs(all);
      same(pooled, (everywhere.concordant + everywhere.tied / 2) / everywhere.comparable);
      const kept = parts.filter((own) => {
        const [time, event] = [own.map((r) => r.time), own.map((r) => r.outcome)];
        return own.length > 0 && survivalAt(kaplanMeier(time, event, 'censoring'), horizon) >= 0.1;
      });
      const errors = kept.map((own) => {
        const truth = { y: Float64Array.from(own, (r) => r.outcome), time: Float64Array.from(own, (r) => r.time) };
        return brierSums(
          truth,
          own.map((r) => 1 - r.score),
          [horizon],
        ).errors[0]!;
      });
      const n = kept.reduce((sum, own) => sum + own.length, 0);
      same(brier, errors.reduce((sum, value) => sum + value, 0) / n);
      if (n > 0) judged += 1;
    }),
    { numRuns: 300 },
  );
  expect(judged).toBeGreaterThan(150);
});

it('sums errors of quantities, counts and classes as on the repeated rows', () => {
  fc.assert(
    fc.property(drawn, (items) => {
      const counts = items.map(({ count }) => count);
      const amounts = items.map((item) => ({ ...item, outcome: item.time, score: item.score + 0.5 }));
      const predictions = predictionsOf(amounts);
      const rows = testRowsOf([predictions]);
      const all = written(amounts);
      const y = all.map(({ outcome }) => outcome);
      const errors = all.map(({ outcome, score }) => outcome - score);
      const squares = mean(errors.map((error) => error ** 2));
      const spread = mean(y.map((value) => (value - mean(y)) ** 2));
      const scores = rows.scoresOf(predictions, 'model');
      const [absolute, root, explained] = regressionMetrics(rows, scores)(counts);
      same(absolute, mean(errors.map(Math.abs)));
      same(root, Math.sqrt(squares));
      if (spread > 1e-9) expect(explained).toBeCloseTo(1 - squares / spread, 9);
      const [, deviance, ratio] = countMetrics(rows, scores)(counts);
      same(deviance, mean(all.map(({ outcome: k, score: mu }) => 2 * (k * Math.log(k / mu) - (k - mu)))));
      same(ratio, all.length === 0 ? Number.NaN : mean(y) / mean(all.map(({ score }) => score)));
      const chances = items.map(({ score }) => [0.1 + 0.5 * score, 0.5 - 0.4 * score, 0.4 - 0.1 * score]);
      const labels = predictionsOf(items).map((item, at) => ({ ...item, classes: { model: chances[at]! } }));
      const table = testRowsOf([labels]);
      const found = classMetrics(table, table.scoresOf(labels, 'model'), table.classesOf(labels, 'model', 3))(counts);
      const repeated = items.flatMap((item, at) => Array.from({ length: item.count }, () => ({ y: item.outcome, p: chances[at]! })));
      same(found[0], mean(repeated.map(({ y: k, p }) => -Math.log(p[k]!))));
      same(found[1], mean(repeated.map(({ y: k, p }) => p.reduce((sum, value, j) => sum + (value - (j === k ? 1 : 0)) ** 2, 0))));
    }),
    { numRuns: 200 },
  );
});
