/** The patients' bootstrap: within sites, the same every time, and as wide as theory says for a mean. */
import { interval95, resampleWithinSites, testRowsOf } from '@consilium/simulations/comparison';
import { expect, it } from 'vitest';

const rowsOf = (sizes: Record<string, number>) =>
  testRowsOf([
    Object.entries(sizes).flatMap(([site, size]) =>
      Array.from({ length: size }, (_, row) => ({ site, row, set: 'test', outcome: row % 4 === 0 ? 1 : 0, scores: { model: 0.5 } })),
    ),
  ]);

it('draws each site as often as it has rows, from its own rows', () => {
  const rows = rowsOf({ a: 5, b: 40, c: 1 });
  resampleWithinSites(rows, 50, (counts) => {
    for (const site of [0, 1, 2]) {
      const drawn = counts.reduce((sum, count, row) => sum + (rows.site[row] === site ? count : 0), 0);
      expect(drawn).toBe([5, 40, 1][site]);
    }
  });
});

it('gives an interval of a share that is as wide as the binomial one', () => {
  const rows = rowsOf({ a: 400 });
  const shares: number[] = [];
  resampleWithinSites(rows, 4000, (counts) =>
    shares.push(counts.reduce((sum, count, row) => sum + count * (rows.outcome[row] ?? 0), 0) / 400),
  );
  const [low, high] = interval95(shares) ?? [0, 0];
  const halfWidth = 1.96 * Math.sqrt((0.25 * 0.75) / 400); // the normal approximation of a proportion
  expect((high - low) / 2).toBeGreaterThan(halfWidth * 0.9);
  expect((high - low) / 2).toBeLessThan(halfWidth * 1.1);
});

it('says nothing where the draws are mostly undefined', () => {
  expect(interval95([1, 2, Number.NaN])).toBeNull();
});
