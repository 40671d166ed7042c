/** Random settings: within their range, evenly on their scale, the same from the same seed. */
import { drawSettings, gridOf, readRange } from '@consilium/simulations/plans';
import { expect, it } from 'vitest';

const values = (text: string, samples: number, seed = 1) =>
  drawSettings(gridOf([]), [readRange(text)], samples, seed).map(({ changes }) => Object.values(changes)[0] as number);

it('draws evenly in the logarithm', () => {
  const drawn = values('algorithm.learningRate=0.001:0.1:log', 2000);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0.001);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(0.1);
  expect(drawn.filter((value) => value < 0.01).length / 2000).toBeCloseTo(0.5, 1);
});

it('draws whole numbers between whole numbers, both ends among them', () => {
  expect([...new Set(values('rounds.count=1:3', 200))].sort()).toEqual([1, 2, 3]);
});

it('draws the same from the same seed, with every setting of the grid', () => {
  expect(values('a.b=0.5:1.5', 5)).toEqual(values('a.b=0.5:1.5', 5));
  expect(values('a.b=0.5:1.5', 5)).not.toEqual(values('a.b=0.5:1.5', 5, 2));
  const grid = gridOf([{ key: 'algorithm.kind', values: ['fedavg', 'fedprox'] }]);
  const settings = drawSettings(grid, [readRange('algorithm.learningRate=0.01:0.1')], 3, 1);
  expect(settings).toHaveLength(6);
  expect(new Set(settings.map(({ label }) => label)).size).toBe(6);
});

it.each(['a', 'a=2:1', 'a=0:1:log', 'a=x:y'])('refuses %s', (text) => {
  expect(() => readRange(text)).toThrow(/low:high/);
});
